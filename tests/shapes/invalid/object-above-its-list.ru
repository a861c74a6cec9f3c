# The object is named in the line above the list, not in the item.
# Changes: list.ttl
# Message: The words of subject, object, cue and qualifiers lie inside the sentence of the claim; cue and qualifiers of an item lie there or in the line above the list.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { claim:item cg:objectMention text:char-28-32 . text:char-28-32 cg:text "rash" ; cg:start 28 ; cg:end 32 ; a cg:Passage } ;
INSERT DATA {
  claim:item cg:objectMention text:char-0-12 .
  text:char-0-12 a cg:Passage ; cg:text "Side effects" ; cg:start 0 ; cg:end 12 .
}
