# A quote selector with two quotes; only one can stand there.
# Changes: claims.ttl
# Message: A quote selector has exactly one quote, not empty.
# Message: The quote is what stands in the sentence at its place.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA { text:quote-43-62 oa:exact "MAY cause dizziness" }
