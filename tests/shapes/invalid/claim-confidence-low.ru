# A confidence that is below zero.
# Changes: claims.ttl
# Message: A claim has at most one extraction confidence, a probability.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

INSERT DATA { claim:plain cg:confidence -0.5 }
