# A publisher without a name.
# Changes: claims.ttl
# Message: Every node has an IRI; there are no blank nodes.
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT { <https://w3id.org/claimgraph/text/example> dcterms:publisher _:someone } WHERE {}
