# The line above the list says "may", not "can".
# Changes: list.ttl
# Message: The words of subject, object, cue and qualifiers are those that stand in the sentence at their place.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:char-13-16 cg:text "may" } ;
INSERT DATA { text:char-13-16 cg:text "can" }
