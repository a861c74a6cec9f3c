# An entity, and nobody says of what kind.
# Changes: mappings.ttl
# Message: A concept is of exactly one class of the vocabulary.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>

DELETE DATA { concept:sedation a cg:Condition } ;
INSERT DATA { concept:sedation a cg:Entity }
