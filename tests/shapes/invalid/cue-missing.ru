# “may” is gone, the claim still only possible.
# Changes: claims.ttl
# Message: A claim that is hedged or recommends has the cue that shows it.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { claim:hedged cg:cue text:char-43-46 }
