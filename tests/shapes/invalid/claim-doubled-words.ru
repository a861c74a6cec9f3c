# Subject, object and cue named twice, with words that do stand there.
# Changes: claims.ttl
# Message: The subject is named by at most one passage.
# Message: The object is named by exactly one passage.
# Message: A claim has at most one cue, a passage.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA {
  claim:hedged cg:subjectMention text:char-53-62 ; cg:objectMention text:char-40-42 ;
    cg:cue text:char-40-42
}
