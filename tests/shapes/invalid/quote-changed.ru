# The quote drops the author's caution: “did” for “may”.
# Changes: claims.ttl
# Message: The quote is what stands in the sentence at its place.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:quote-43-62 oa:exact "may cause dizziness" } ;
INSERT DATA { text:quote-43-62 oa:exact "did cause dizziness" }
