# A text with two hashes, titles, languages.
# Changes: claims.ttl
# Message: A text is pinned by exactly one SHA-256.
# Message: A text has exactly one title.
# Message: A text has exactly one language.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>

INSERT DATA {
  <https://w3id.org/claimgraph/text/example> dcterms:title "Other"@en ; dcterms:language "de" ;
    cg:sha256 "0000000000000000000000000000000000000000000000000000000000000000"
}
