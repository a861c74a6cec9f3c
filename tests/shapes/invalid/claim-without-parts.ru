# A claim of which nothing is left but its class. With its marks gone, no rule about marks holds.
# Changes: claims.ttl
# Message: A statement has exactly one subject, a concept.
# Message: A statement has exactly one object, a concept or words.
# Message: A claim or background statement has exactly one relation of the vocabulary.
# Message: A claim says itself in one line: it has exactly one label.
# Message: A claim has exactly one claim type from the closed list.
# Message: A claim is either affirmed or negated.
# Message: A claim has exactly one certainty from the closed list.
# Message: A claim is either factual or normative.
# Message: A claim has exactly one evidence basis from the closed list.
# Message: A claim names its evidence by exactly one ECO term: author statement with or without traceable support.
# Message: A claim has exactly one knowledge level of Biolink.
# Message: A claim has exactly one agent type of Biolink.
# Message: A claim is quoted from exactly one sentence.
# Message: A claim was found by exactly one activity.
# Message: A claim points at exactly one quote.
# Message: The object is named by exactly one passage.
# Message: A claim that is hedged or recommends has the cue that shows it.
# Message: A negated claim, and only it, has a negation qualifier.
# Message: A claim whose text names its evidence, and only it, has an evidence qualifier.
# Message: A claim is a knowledge assertion if, and only if, it is asserted and factual.
# Message: A claim has a manual agent if, and only if, it was found by review.
# Message: A sentence makes a claim, or says why it makes none.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>

DELETE WHERE { claim:hedged ?part ?value } ;
INSERT DATA { claim:hedged a cg:Claim }
