# The sentence before, which holds the cue, introduces no list.
# Changes: list.ttl
# Message: The words of subject, object, cue and qualifiers lie inside the sentence of the claim; cue and qualifiers of an item lie there or in the line above the list.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:sentence-1 cg:text "Side effects may include:" } ;
INSERT DATA { text:sentence-1 cg:text "Side effects may include." }
