# What follows from nothing by no rule. Its triple is left without a statement.
# Changes: background.ttl
# Message: A statement has exactly one subject, a concept.
# Message: A statement has exactly one object, a concept or words.
# Message: An inferred statement has exactly one relation of the vocabulary.
# Message: An inferred statement names exactly one rule.
# Message: An inferred statement has premises: claims or background statements.
# Message: A direct triple is supported by a plain claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX inferred: <https://w3id.org/claimgraph/inferred/>

DELETE WHERE { inferred:1 ?part ?value } ;
INSERT DATA { inferred:1 a cg:InferredStatement }
