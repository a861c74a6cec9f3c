# The mapping is recorded, the match is missing.
# Changes: mappings.ttl
# Message: What a mapping says stands in the graph as a match of its concept.
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX obo: <http://purl.obolibrary.org/obo/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { concept:sedation skos:closeMatch obo:HP_0002329 }
