# A possible claim given out as knowledge.
# Changes: claims.ttl
# Message: A claim is a knowledge assertion if, and only if, it is asserted and factual.
PREFIX biolink: <https://w3id.org/biolink/vocab/>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

DELETE DATA { claim:hedged biolink:knowledge_level "not_provided" } ;
INSERT DATA { claim:hedged biolink:knowledge_level "knowledge_assertion" }
