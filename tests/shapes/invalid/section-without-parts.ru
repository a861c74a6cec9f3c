# A section of which only its place is left.
# Changes: claims.ttl
# Message: A section has exactly one number, from 1.
# Message: A section is part of exactly one text.
# Message: A section has exactly one section kind from the closed list.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE { text:section-3 ?part ?value } WHERE { text:section-3 ?part ?value } ;
INSERT DATA { text:section-3 a cg:Section ; cg:start 70 ; cg:end 77 }
