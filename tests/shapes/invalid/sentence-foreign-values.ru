# A number in words, a section that is none.
# Changes: claims.ttl
# Message: A sentence has exactly one number, from 1.
# Message: A sentence stands in exactly one section.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX ex: <http://example.org/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:sentence-3 cg:number 3 ; cg:inSection text:section-2 } ;
INSERT DATA { text:sentence-3 cg:number "three" ; cg:inSection ex:thing }
