# A claim, a section and a sentence without their class: nothing that refers to them notices.
# Changes: claims.ttl
# Message: What has a claim type is a claim.
# Message: What has a section kind is a section.
# Message: What stands in a section is a sentence.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA {
  claim:hedged a cg:Claim .
  text:section-1 a cg:Section .
  text:sentence-3 a cg:Sentence
}
