# A recommendation that shows no “should”.
# Changes: claims.ttl
# Message: A claim that is hedged or recommends has the cue that shows it.
# Message: A claim is a knowledge assertion if, and only if, it is asserted and factual.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX concept: <https://w3id.org/claimgraph/concept/>

DELETE DATA { claim:plain cg:modality cg:factual . concept:clonazepam cg:treats concept:seizure } ;
INSERT DATA { claim:plain cg:modality cg:normative }
