# A target that points nowhere.
# Changes: claims.ttl
# Message: A target is in exactly one text.
# Message: A target has exactly one quote selector.
# Message: A target has exactly one position selector.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE WHERE { text:target-43-62 oa:hasSelector ?selector } ;
DELETE WHERE { text:target-43-62 oa:hasSource ?text }
