# It is said to rest on a study, and no words name one.
# Changes: negated-claim.ttl
# Message: A claim whose text names its evidence, and only it, has an evidence qualifier.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { claim:negated cg:evidenceQualifier text:char-0-12 }
