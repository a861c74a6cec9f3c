# What ought to be turned into what is.
# Changes: claims.ttl
# Message: A direct triple is supported by a plain claim.
# Message: A claim is a knowledge assertion if, and only if, it is asserted and factual.
# Message: A claim that is hedged or recommends has the cue that shows it.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

DELETE DATA { claim:plain cg:modality cg:factual } ;
INSERT DATA { claim:plain cg:modality cg:normative }
