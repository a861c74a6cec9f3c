# A passage that starts before its text.
# Changes: claims.ttl
# Message: A passage or section starts at one place, before its end.
# Message: A passage is as long as its place says: end minus start.
# Message: The words of subject, object, cue and qualifiers lie inside the sentence of the claim; cue and qualifiers of an item lie there or in the line above the list.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:char-43-46 cg:start 43 } ;
INSERT DATA { text:char-43-46 cg:start -1 }
