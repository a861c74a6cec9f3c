# What follows by a rule that nobody wrote, from something that is no statement.
# Changes: background.ttl
# Message: An inferred statement has exactly one relation of the vocabulary.
# Message: An inferred statement names exactly one rule.
# Message: An inferred statement has premises: claims or background statements.
# Message: A direct triple is supported by a plain claim.
# Message: The triple of a background or inferred statement stands in the graph.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX ex: <http://example.org/>
PREFIX inferred: <https://w3id.org/claimgraph/inferred/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE WHERE { inferred:1 rdf:predicate ?relation } ;
DELETE WHERE { inferred:1 cg:rule ?rule } ;
INSERT DATA { inferred:1 rdf:predicate cg:claimType ; cg:rule "intuition" ; cg:premise ex:thing }
