# Sentences count from 1.
# Changes: claims.ttl
# Message: A sentence has exactly one number, from 1.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:sentence-3 cg:number 3 } ;
INSERT DATA { text:sentence-3 cg:number 0 }
