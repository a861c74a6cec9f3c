# A text never says what only follows by a rule.
# Changes: claims.ttl
# Message: A direct triple is supported by a plain claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>

INSERT DATA { concept:clonazepam cg:treatsSomeFormOf concept:dizziness }
