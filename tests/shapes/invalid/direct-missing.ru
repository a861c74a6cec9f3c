# The plain claim is there, its triple is not.
# Changes: claims.ttl
# Message: A plain claim has its direct triple in the graph.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>

DELETE DATA { concept:clonazepam cg:treats concept:seizure }
