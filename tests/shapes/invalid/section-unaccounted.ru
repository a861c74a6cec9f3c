# A title that does not say why it makes no claim.
# Changes: claims.ttl
# Message: A title or boilerplate section, and only it, says why it makes no claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:section-1 cg:noClaimReason "title" }
