# A text with a language tag, offsets in words.
# Changes: claims.ttl
# Message: A passage has exactly one text, not empty.
# Message: A passage or section starts at one place, before its end.
# Message: A passage or section ends at one place.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE WHERE { text:char-43-46 ?part ?value } ;
INSERT DATA { text:char-43-46 a cg:Passage ; cg:text "may"@en ; cg:start "43" ; cg:end "46" }
