# Parts that are there, and are not what they should be.
# Changes: claims.ttl
# Message: A statement has exactly one subject, a concept.
# Message: A statement has exactly one object, a concept or words.
# Message: A claim or background statement has exactly one relation of the vocabulary.
# Message: A claim is quoted from exactly one sentence.
# Message: A claim was found by exactly one activity.
# Message: A claim points at exactly one quote.
# Message: The subject is named by at most one passage.
# Message: The object is named by exactly one passage.
# Message: A claim has at most one cue, a passage.
# Message: A qualifier is a passage of the text.
# Message: What a claim works through or gives as its reason is a claim.
# Message: A sentence makes a claim, or says why it makes none.
# Message: A claim has a manual agent if, and only if, it was found by review.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX ex: <http://example.org/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

DELETE { claim:hedged ?part ?value }
INSERT {
  claim:hedged rdf:subject ex:thing ; rdf:object ex:thing ; rdf:predicate cg:claimType ;
    prov:wasQuotedFrom ex:thing ; prov:wasGeneratedBy ex:thing ; oa:hasTarget ex:thing ;
    cg:subjectMention ex:thing ; cg:objectMention ex:thing ; cg:cue ex:thing ;
    cg:doseQualifier ex:thing ; cg:because ex:thing
}
WHERE {
  claim:hedged ?part ?value
  FILTER ( ?part IN (
    rdf:subject , rdf:predicate , rdf:object , prov:wasQuotedFrom , prov:wasGeneratedBy ,
    oa:hasTarget , cg:subjectMention , cg:objectMention , cg:cue
  ) )
}
