# A target in something that is no text.
# Changes: claims.ttl
# Message: A target is in exactly one text.
# Message: A claim, its quote and the claims it links to are of one text.
PREFIX ex: <http://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE WHERE { text:target-43-62 oa:hasSource ?text } ;
INSERT DATA { text:target-43-62 oa:hasSource ex:thing }
