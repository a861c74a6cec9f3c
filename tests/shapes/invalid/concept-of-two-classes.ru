# A condition that is a process too: the role belongs into the relation.
# Changes: mappings.ttl
# Message: A concept is of exactly one class of the vocabulary.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>

INSERT DATA { concept:sedation a cg:BiologicalProcess }
