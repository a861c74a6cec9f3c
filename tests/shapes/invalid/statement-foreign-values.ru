# A statement whose parts are of the wrong kind.
# Changes: statement.ttl
# Message: A statement has exactly one subject, a concept.
# Message: A gathered statement has exactly one relation of the vocabulary.
# Message: A gathered statement has exactly one object, a concept.
# Message: A gathered statement has exactly one label.
# Message: A gathered statement counts its texts, at least one.
# Message: A gathered statement has exactly one belief, a probability.
# Message: A gathered statement names the texts it is stated in.
# Message: A gathered statement names the claims it gathers.
# Message: A gathered statement counts the claims that affirm it.
# Message: A gathered statement counts the claims that deny it.
# Message: A gathered statement counts the claims that hedge it.
# Message: A gathered statement counts the claims that recommend it.
# Message: A gathered statement counts the claims that tie it to a condition.
# Message: The claims of a gathered statement have its subject, relation and object.
# Message: A gathered statement counts the texts that it names.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX ex: <http://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX statement: <https://w3id.org/claimgraph/statement/>

DELETE { statement:1 ?part ?value }
WHERE { statement:1 ?part ?value FILTER ( ?part != rdf:type ) } ;
INSERT DATA {
  statement:1 rdfs:label "no language" ;
    rdf:subject ex:thing ; rdf:predicate cg:claimType ; rdf:object "words" ;
    cg:textCount "1" ; cg:belief 0.5e0 ;
    cg:affirmingClaims "0" ; cg:denyingClaims "1" ; cg:hedgedClaims "0" ;
    cg:normativeClaims "0" ; cg:conditionalClaims "0" ;
    cg:statedIn ex:thing ; cg:gathers claim:negated , ex:thing
}
