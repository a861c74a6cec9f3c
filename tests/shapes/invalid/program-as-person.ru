# A program found the claim, a person is named.
# Changes: negated-claim.ttl
# Message: A claim has a manual agent if, and only if, it was found by review.
PREFIX biolink: <https://w3id.org/biolink/vocab/>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

DELETE DATA { claim:negated biolink:agent_type "text_mining_agent" } ;
INSERT DATA { claim:negated biolink:agent_type "manual_agent" }
