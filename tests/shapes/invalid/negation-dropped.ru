# The words deny it, the claim affirms it: the worst way to read a text. Affirmed, it is plain.
# Changes: negated-claim.ttl
# Message: A negated claim, and only it, has a negation qualifier.
# Message: A plain claim has its direct triple in the graph.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

DELETE DATA { claim:negated cg:polarity cg:negated } ;
INSERT DATA { claim:negated cg:polarity cg:affirmed }
