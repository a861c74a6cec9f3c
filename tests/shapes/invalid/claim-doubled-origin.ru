# Two sentences, two activities, two quotes. What lies in one sentence lies outside the other.
# Changes: claims.ttl
# Message: A claim is quoted from exactly one sentence.
# Message: A claim was found by exactly one activity.
# Message: A claim points at exactly one quote.
# Message: The words of subject, object, cue and qualifiers lie inside the sentence of the claim; cue and qualifiers of an item lie there or in the line above the list.
# Message: The quote lies inside the sentence of the claim.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX obo: <http://purl.obolibrary.org/obo/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA {
  claim:hedged prov:wasQuotedFrom text:sentence-1 ; prov:wasGeneratedBy text:activity-again ;
    oa:hasTarget text:target-12-38 .
  text:activity-again a prov:Activity ;
    cg:method cg:reviewedMethod ; cg:assertionMethod obo:ECO_0000218 ;
    prov:used <https://w3id.org/claimgraph/text/example> ;
    prov:wasAssociatedWith <https://w3id.org/claimgraph/agent/curators>
}
