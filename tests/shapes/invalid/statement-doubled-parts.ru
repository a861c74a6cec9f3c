# A statement that says two things at once.
# Changes: statement.ttl
# Message: A statement has exactly one subject, a concept.
# Message: A gathered statement has exactly one relation of the vocabulary.
# Message: A gathered statement has exactly one object, a concept.
# Message: A gathered statement has exactly one label.
# Message: A gathered statement counts its texts, at least one.
# Message: A gathered statement has exactly one belief, a probability.
# Message: A gathered statement counts the claims that affirm it.
# Message: A gathered statement counts the claims that deny it.
# Message: A gathered statement counts the claims that hedge it.
# Message: A gathered statement counts the claims that recommend it.
# Message: A gathered statement counts the claims that tie it to a condition.
# Message: A gathered statement counts the texts that it names.
# Message: A gathered statement counts each claim that it gathers, once.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX statement: <https://w3id.org/claimgraph/statement/>

INSERT DATA {
  statement:1 rdfs:label "another"@en ;
    rdf:subject concept:seizure ; rdf:predicate cg:treats ; rdf:object concept:clonazepam ;
    cg:textCount 2 ; cg:belief 0.5 ;
    cg:affirmingClaims 1 ; cg:denyingClaims 0 ; cg:hedgedClaims 1 ; cg:normativeClaims 1 ;
    cg:conditionalClaims 1
}
