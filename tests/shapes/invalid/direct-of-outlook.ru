# What may come turned into what is.
# Changes: claims.ttl
# Message: A direct triple is supported by a plain claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

DELETE DATA { claim:plain cg:claimType cg:indicationClaim } ;
INSERT DATA { claim:plain cg:claimType cg:outlookClaim }
