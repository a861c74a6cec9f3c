# The statement is there, its triple is not.
# Changes: background.ttl
# Message: The triple of a background or inferred statement stands in the graph.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>

DELETE DATA { concept:absence-seizure cg:isKindOf concept:seizure }
