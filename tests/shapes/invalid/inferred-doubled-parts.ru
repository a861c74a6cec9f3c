# What follows by two rules and says two things, one of which is not in the graph.
# Changes: background.ttl
# Message: An inferred statement has exactly one relation of the vocabulary.
# Message: An inferred statement names exactly one rule.
# Message: The triple of a background or inferred statement stands in the graph.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX inferred: <https://w3id.org/claimgraph/inferred/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

INSERT DATA { inferred:1 rdf:predicate cg:upstreamOf ; cg:rule "upstream" }
