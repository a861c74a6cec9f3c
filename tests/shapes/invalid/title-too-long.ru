# A section that keeps its words is as long as they are.
# Changes: claims.ttl
# Message: A passage is as long as its place says: end minus start.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA { text:section-1 cg:text "Clonazepam!" }
