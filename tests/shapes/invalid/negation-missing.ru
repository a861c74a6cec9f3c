# Negated, and no words that deny it.
# Changes: negated-claim.ttl
# Message: A negated claim, and only it, has a negation qualifier.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE DATA { claim:negated cg:negationQualifier text:char-25-32 }
