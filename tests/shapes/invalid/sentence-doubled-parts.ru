# A sentence with two numbers, in two sections; it can lie inside one of them only.
# Changes: claims.ttl
# Message: A sentence has exactly one number, from 1.
# Message: A sentence stands in exactly one section.
# Message: A sentence lies inside its section.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA { text:sentence-3 cg:number 4 ; cg:inSection text:section-1 }
