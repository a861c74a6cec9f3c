# A number in words, a kind of no list, a text that is none.
# Changes: claims.ttl
# Message: A section has exactly one number, from 1.
# Message: A section is part of exactly one text.
# Message: A section has exactly one section kind from the closed list.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX ex: <http://example.org/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA {
  text:section-3 a cg:Section ; cg:number "three" ; cg:sectionKind cg:poemSection ;
    cg:ofText ex:thing ; cg:start 70 ; cg:end 77
}
