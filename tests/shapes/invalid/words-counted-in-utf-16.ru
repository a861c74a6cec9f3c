# Offsets counted in units of UTF-16: two too many after a brain and a smile.
# Changes: words.ttl
# Message: The words of subject, object, cue and qualifiers are those that stand in the sentence at their place.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:char-25-35 cg:start 25 ; cg:end 35 } ;
INSERT DATA { text:char-25-35 cg:start 27 ; cg:end 37 }
