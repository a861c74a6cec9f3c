# The sentence says “may”, the cue “can”: as long, and not what stands there.
# Changes: claims.ttl
# Message: The words of subject, object, cue and qualifiers are those that stand in the sentence at their place.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:char-43-46 cg:text "may" } ;
INSERT DATA { text:char-43-46 cg:text "can" }
