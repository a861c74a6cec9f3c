# Sections count from 1.
# Changes: claims.ttl
# Message: A section has exactly one number, from 1.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:section-1 cg:number 1 } ;
INSERT DATA { text:section-1 cg:number 0 }
