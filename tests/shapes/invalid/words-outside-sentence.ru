# The subject is named in the sentence before.
# Changes: claims.ttl
# Message: The words of subject, object, cue and qualifiers lie inside the sentence of the claim; cue and qualifiers of an item lie there or in the line above the list.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { claim:hedged cg:subjectMention text:char-40-42 } ;
INSERT DATA { claim:hedged cg:subjectMention text:char-12-22 }
