# A target with the selectors of another beside its own, and in two texts.
# Changes: claims.ttl
# Message: A target is in exactly one text.
# Message: A target has exactly one quote selector.
# Message: A target has exactly one position selector.
# Message: A quote is as long as its position says: end minus start.
# Message: The quote lies inside the sentence of the claim.
# Message: The quote is what stands in the sentence at its place.
# Message: A claim, its quote and the claims it links to are of one text.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA {
  text:target-43-62 oa:hasSelector text:quote-12-38 , text:position-12-38 ;
    oa:hasSource <https://w3id.org/claimgraph/text/other> .
  <https://w3id.org/claimgraph/text/other> a cg:Text ;
    dcterms:title "Other"@en ; dcterms:language "en" ;
    cg:sha256 "0000000000000000000000000000000000000000000000000000000000000000" 
}
