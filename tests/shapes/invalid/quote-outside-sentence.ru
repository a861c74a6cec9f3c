# The claim of the second sentence quotes the first.
# Changes: claims.ttl
# Message: The quote lies inside the sentence of the claim.
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { claim:hedged oa:hasTarget text:target-43-62 } ;
INSERT DATA { claim:hedged oa:hasTarget text:target-12-38 }
