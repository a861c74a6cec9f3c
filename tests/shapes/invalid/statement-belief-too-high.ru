# A belief that is more than certain.
# Changes: statement.ttl
# Message: A gathered statement has exactly one belief, a probability.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX statement: <https://w3id.org/claimgraph/statement/>

DELETE WHERE { statement:1 cg:belief ?belief } ;
INSERT DATA { statement:1 cg:belief 1.5 }
