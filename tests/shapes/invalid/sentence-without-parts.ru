# A sentence without number and section.
# Changes: claims.ttl
# Message: A sentence has exactly one number, from 1.
# Message: A sentence stands in exactly one section.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:sentence-3 cg:number 3 ; cg:inSection text:section-2 }
