# A quote is characters, not a translation: no language tag. The same for what stands around it.
# Changes: claims.ttl
# Message: A quote selector has exactly one quote, not empty.
# Message: What stands around a quote is words.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:quote-43-62 oa:exact "may cause dizziness" } ;
INSERT DATA { text:quote-43-62 oa:exact "may cause dizziness"@en ; oa:suffix "."@en }
