# Each of two claims is the reason of the other, so both rest on themselves.
# Changes: claims.ttl
# Message: A claim does not rest on itself, not even by way of others.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

INSERT DATA { claim:plain cg:because claim:hedged . claim:hedged cg:via claim:plain }
