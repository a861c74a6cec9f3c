# A quote selector without a quote.
# Changes: claims.ttl
# Message: A quote selector has exactly one quote, not empty.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:quote-43-62 oa:exact "may cause dizziness" }
