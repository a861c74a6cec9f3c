# A section with two numbers, kinds and texts. Its sentences are then in two texts.
# Changes: claims.ttl
# Message: A section has exactly one number, from 1.
# Message: A section is part of exactly one text.
# Message: A section has exactly one section kind from the closed list.
# Message: A claim, its quote and the claims it links to are of one text.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA {
  text:section-2 cg:number 3 ; cg:sectionKind cg:safetySection ;
    cg:ofText <https://w3id.org/claimgraph/text/other> .
  <https://w3id.org/claimgraph/text/other> a cg:Text ;
    dcterms:title "Other"@en ; dcterms:language "en" ;
    cg:sha256 "0000000000000000000000000000000000000000000000000000000000000000" 
}
