# Numbers that nothing can have.
# Changes: statement.ttl
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
PREFIX statement: <https://w3id.org/claimgraph/statement/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { statement:1 ?part ?value }
WHERE {
  statement:1 ?part ?value
  FILTER ( datatype(?value) IN ( xsd:integer , xsd:decimal ) )
} ;
INSERT DATA {
  statement:1 cg:textCount 0 ; cg:belief -0.1 ;
    cg:affirmingClaims -1 ; cg:denyingClaims -1 ; cg:hedgedClaims -1 ; cg:normativeClaims -1 ;
    cg:conditionalClaims -1
}
