# “did not prevent” turned into “prevents”.
# Changes: negated-claim.ttl
# Message: A direct triple is supported by a plain claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>

INSERT DATA { concept:clonazepam cg:prevents concept:seizure }
