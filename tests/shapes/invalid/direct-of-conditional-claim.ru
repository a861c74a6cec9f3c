# A claim under a condition turned into a plain fact.
# Changes: claims.ttl
# Message: A direct triple is supported by a plain claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA { claim:plain cg:conditionQualifier text:char-30-38 }
