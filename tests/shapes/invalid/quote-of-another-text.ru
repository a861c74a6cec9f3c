# The quote points into another text than its sentence stands in.
# Changes: claims.ttl
# Message: A claim, its quote and the claims it links to are of one text.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { text:target-43-62 oa:hasSource <https://w3id.org/claimgraph/text/example> } ;
INSERT DATA {
  text:target-43-62 oa:hasSource <https://w3id.org/claimgraph/text/other> .
  <https://w3id.org/claimgraph/text/other> a cg:Text ;
    dcterms:title "Other"@en ; dcterms:language "en" ;
    cg:sha256 "0000000000000000000000000000000000000000000000000000000000000000" 
}
