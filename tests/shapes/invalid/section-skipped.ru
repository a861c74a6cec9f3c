# A section of the text proper that says it makes no claim.
# Changes: claims.ttl
# Message: A title or boilerplate section, and only it, says why it makes no claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA { text:section-2 cg:noClaimReason "boring" }
