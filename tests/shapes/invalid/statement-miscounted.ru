# A claim that is counted twice, in texts that are not named.
# Changes: statement.ttl
# Message: A gathered statement counts the texts that it names.
# Message: A gathered statement counts each claim that it gathers, once.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX statement: <https://w3id.org/claimgraph/statement/>

DELETE WHERE { statement:1 cg:textCount ?texts ; cg:affirmingClaims ?claims } ;
INSERT DATA { statement:1 cg:textCount 2 ; cg:affirmingClaims 1 }
