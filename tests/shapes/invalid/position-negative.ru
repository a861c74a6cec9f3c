# A quote that starts before its text.
# Changes: claims.ttl
# Message: A quote starts at one place, before its end.
# Message: A quote is as long as its position says: end minus start.
# Message: The quote lies inside the sentence of the claim.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:position-43-62 oa:start 43 } ;
INSERT DATA { text:position-43-62 oa:start -1 }
