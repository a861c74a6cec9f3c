# A position in words: it cannot be compared either.
# Changes: claims.ttl
# Message: A quote starts at one place, before its end.
# Message: A quote ends at one place.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:position-43-62 oa:start 43 ; oa:end 62 } ;
INSERT DATA { text:position-43-62 oa:start "43" ; oa:end "62" }
