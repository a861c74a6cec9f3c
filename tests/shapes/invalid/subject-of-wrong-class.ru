# Dizziness treats nothing: a condition is no subject of treats.
# Changes: claims.ttl
# Message: The subject's class is one that the relation takes as subject.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE DATA { claim:hedged rdf:subject concept:clonazepam ; rdf:predicate cg:hasAdverseEffect } ;
INSERT DATA { claim:hedged rdf:subject concept:dizziness ; rdf:predicate cg:treats }
