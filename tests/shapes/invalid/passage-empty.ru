# A passage of no words; an empty passage does not start before its end.
# Changes: claims.ttl
# Message: A passage has exactly one text, not empty.
# Message: A passage or section starts at one place, before its end.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE WHERE { text:char-43-46 ?part ?value } ;
INSERT DATA { text:char-43-46 a cg:Passage ; cg:text "" ; cg:start 43 ; cg:end 43 }
