# A sentence filed under the title.
# Changes: claims.ttl
# Message: A sentence lies inside its section.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:sentence-3 cg:inSection text:section-2 } ;
INSERT DATA { text:sentence-3 cg:inSection text:section-1 }
