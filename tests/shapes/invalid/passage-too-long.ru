# One character more than its place has; what stands at the place is then something else.
# Changes: claims.ttl
# Message: A passage is as long as its place says: end minus start.
# Message: The words of subject, object, cue and qualifiers are those that stand in the sentence at their place.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:char-43-46 cg:text "may" } ;
INSERT DATA { text:char-43-46 cg:text "may " }
