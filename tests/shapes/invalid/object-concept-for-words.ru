# statesThat takes words, not a concept.
# Changes: claims.ttl
# Message: The object is of a class that the relation takes as object, and words where it takes words.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE DATA { claim:hedged rdf:predicate cg:hasAdverseEffect } ;
INSERT DATA { claim:hedged rdf:predicate cg:statesThat }
