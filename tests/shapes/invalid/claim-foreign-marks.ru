# Marks that no closed list has: they are not what the rules about marks ask for.
# Changes: claims.ttl
# Message: A claim says itself in one line: it has exactly one label.
# Message: A claim has at most one key, the name a person gave it.
# Message: A claim has exactly one claim type from the closed list.
# Message: A claim is either affirmed or negated.
# Message: A claim has exactly one certainty from the closed list.
# Message: A claim is either factual or normative.
# Message: A claim has exactly one evidence basis from the closed list.
# Message: A claim names its evidence by exactly one ECO term: author statement with or without traceable support.
# Message: A claim has exactly one knowledge level of Biolink.
# Message: A claim has exactly one agent type of Biolink.
# Message: A claim whose text names its evidence, and only it, has an evidence qualifier.
# Message: A claim is a knowledge assertion if, and only if, it is asserted and factual.
# Message: A negated claim, and only it, has a negation qualifier.
PREFIX biolink: <https://w3id.org/biolink/vocab/>
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX obo: <http://purl.obolibrary.org/obo/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE { claim:hedged ?mark ?value }
INSERT {
  claim:hedged rdfs:label "without a language" ; dcterms:identifier 5 ; cg:claimType cg:rumourClaim ;
    cg:polarity cg:undecided ; cg:certainty cg:certain ; cg:modality cg:wishful ;
    cg:evidenceBasis cg:hearsay ; biolink:has_evidence obo:ECO_0000000 ;
    biolink:knowledge_level "guess" ; biolink:agent_type "oracle"
}
WHERE {
  claim:hedged ?mark ?value
  FILTER ( ?mark IN (
    rdfs:label , cg:claimType , cg:polarity , cg:certainty , cg:modality , cg:evidenceBasis ,
    biolink:has_evidence , biolink:knowledge_level , biolink:agent_type
  ) )
}
