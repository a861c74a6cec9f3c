# A claim, and a reason why there is none.
# Changes: claims.ttl
# Message: A sentence makes a claim, or says why it makes none.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA { text:sentence-1 cg:noClaimReason "says nothing" }
