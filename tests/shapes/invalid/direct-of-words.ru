# Praise turned into a plain fact.
# Changes: words.ttl
# Message: A direct triple is supported by a plain claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>

INSERT DATA { concept:clonazepam cg:statesThat "a potent tool" }
