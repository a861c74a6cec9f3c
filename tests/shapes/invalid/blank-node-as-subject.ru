# A concept without a name.
# Changes: claims.ttl
# Message: Every node has an IRI; there are no blank nodes.
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { _:someone skos:note "nobody can point at me" } WHERE {}
