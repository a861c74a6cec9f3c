# “did not” silently turned into “may not”.
# Changes: negated-claim.ttl
# Message: The words of subject, object, cue and qualifiers are those that stand in the sentence at their place.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:char-25-32 cg:text "did not" } ;
INSERT DATA { text:char-25-32 cg:text "may not" }
