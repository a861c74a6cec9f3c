# A passage with two texts, two starts, two ends.
# Changes: claims.ttl
# Message: A passage has exactly one text, not empty.
# Message: A passage or section starts at one place, before its end.
# Message: A passage or section ends at one place.
# Message: A passage is as long as its place says: end minus start.
# Message: The words of subject, object, cue and qualifiers are those that stand in the sentence at their place.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA { text:char-43-46 cg:text "cause" ; cg:start 44 ; cg:end 45 }
