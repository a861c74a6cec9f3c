# The hedged claim moves into another text, the plain one still rests on it.
# Changes: claims.ttl
# Message: A claim, its quote and the claims it links to are of one text.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA {
  text:target-43-62 oa:hasSource <https://w3id.org/claimgraph/text/example> .
  text:sentence-2 cg:inSection text:section-2
} ;
INSERT DATA {
  claim:plain cg:because claim:hedged .
  text:target-43-62 oa:hasSource <https://w3id.org/claimgraph/text/other> .
  text:sentence-2 cg:inSection text:section-3 .
  text:section-3 a cg:Section ; cg:number 1 ; cg:ofText <https://w3id.org/claimgraph/text/other> ;
    cg:sectionKind cg:safetySection ; cg:start 0 ; cg:end 63 .
  <https://w3id.org/claimgraph/text/other> a cg:Text ;
    dcterms:title "Other"@en ; dcterms:language "en" ;
    cg:sha256 "0000000000000000000000000000000000000000000000000000000000000000" 
}
