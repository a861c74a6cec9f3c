# Two starts and two ends: the quote has four lengths and stands in four places.
# Changes: claims.ttl
# Message: A quote starts at one place, before its end.
# Message: A quote ends at one place.
# Message: A quote is as long as its position says: end minus start.
# Message: The quote is what stands in the sentence at its place.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA { text:position-43-62 oa:start 44 ; oa:end 61 }
