# A quote of no words.
# Changes: claims.ttl
# Message: A quote selector has exactly one quote, not empty.
# Message: A quote is as long as its position says: end minus start.
# Message: The quote is what stands in the sentence at its place.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:quote-43-62 oa:exact "may cause dizziness" } ;
INSERT DATA { text:quote-43-62 oa:exact "" }
