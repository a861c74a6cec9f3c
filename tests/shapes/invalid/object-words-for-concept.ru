# hasAdverseEffect takes a concept, not words.
# Changes: claims.ttl
# Message: The object is of a class that the relation takes as object, and words where it takes words.
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE DATA { claim:hedged rdf:object concept:dizziness } ;
INSERT DATA { claim:hedged rdf:object "dizziness" }
