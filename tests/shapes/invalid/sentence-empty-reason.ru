# A reason of no words.
# Changes: claims.ttl
# Message: A sentence makes a claim, or says why it makes none.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:sentence-3 cg:noClaimReason "says what comes next" } ;
INSERT DATA { text:sentence-3 cg:noClaimReason "" }
