# Two sentences with the number 2.
# Changes: claims.ttl
# Message: No two sentences of a text have the same number.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:sentence-3 cg:number 3 } ;
INSERT DATA { text:sentence-3 cg:number 2 }
