# The words name a study, the claim takes it for the author's own statement.
# Changes: negated-claim.ttl
# Message: A claim whose text names its evidence, and only it, has an evidence qualifier.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

DELETE DATA { claim:negated cg:evidenceBasis cg:uncitedStudy } ;
INSERT DATA { claim:negated cg:evidenceBasis cg:authorStatement }
