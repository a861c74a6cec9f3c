# Two labels and two keys.
# Changes: claims.ttl
# Message: A claim says itself in one line: it has exactly one label.
# Message: A claim has at most one key, the name a person gave it.
PREFIX claim: <https://w3id.org/claimgraph/claim/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA { claim:plain rdfs:label "once more"@en ; dcterms:identifier "once-more" }
