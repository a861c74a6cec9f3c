# Two subjects, relations and objects. The claim is hedged, so no direct triple is missing.
# Changes: claims.ttl
# Message: A statement has exactly one subject, a concept.
# Message: A statement has exactly one object, a concept or words.
# Message: A claim or background statement has exactly one relation of the vocabulary.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
  claim:hedged rdf:subject concept:other ; rdf:predicate cg:treats ; rdf:object concept:seizure .
  concept:other a cg:Drug ; skos:prefLabel "other"@en ; skos:definition "Another drug."@en
}
