# Every mark twice. A claim cannot be of both agents, as it was found by one activity.
# Changes: claims.ttl
# Message: A claim has exactly one claim type from the closed list.
# Message: A claim is either affirmed or negated.
# Message: A claim has exactly one certainty from the closed list.
# Message: A claim is either factual or normative.
# Message: A claim has exactly one evidence basis from the closed list.
# Message: A claim names its evidence by exactly one ECO term: author statement with or without traceable support.
# Message: A claim has exactly one knowledge level of Biolink.
# Message: A claim has exactly one agent type of Biolink.
# Message: A claim has a manual agent if, and only if, it was found by review.
PREFIX biolink: <https://w3id.org/biolink/vocab/>
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX obo: <http://purl.obolibrary.org/obo/>

INSERT DATA {
  claim:hedged cg:claimType cg:riskClaim ; cg:polarity cg:negated ; cg:certainty cg:projected ;
    cg:modality cg:normative ; cg:evidenceBasis cg:citedSource ;
    biolink:has_evidence obo:ECO_0000033 ; biolink:knowledge_level "knowledge_assertion" ;
    biolink:agent_type "text_mining_agent"
}
