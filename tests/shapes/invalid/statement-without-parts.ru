# A statement of which nothing is said but that it is one.
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
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX statement: <https://w3id.org/claimgraph/statement/>

DELETE WHERE { statement:1 ?part ?value } ;
INSERT DATA { statement:1 a cg:Statement }
