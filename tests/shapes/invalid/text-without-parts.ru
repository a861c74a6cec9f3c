# A text without hash, title and language.
# Changes: claims.ttl
# Message: A text is pinned by exactly one SHA-256.
# Message: A text has exactly one title.
# Message: A text has exactly one language.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>

DELETE WHERE { <https://w3id.org/claimgraph/text/example> ?part ?value } ;
INSERT DATA { <https://w3id.org/claimgraph/text/example> a cg:Text }
