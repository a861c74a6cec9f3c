# Hash and language with language tags.
# Changes: claims.ttl
# Message: A text is pinned by exactly one SHA-256.
# Message: A text has exactly one language.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE DATA {
  <https://w3id.org/claimgraph/text/example> dcterms:language "en" ;
    cg:sha256 "e6bff7623948e7a2fecb0aac25c00fca3a299fdc08b41925ac606889fdbdb983"
} ;
INSERT DATA {
  <https://w3id.org/claimgraph/text/example> dcterms:language "en"@en ;
    cg:sha256 "e6bff7623948e7a2fecb0aac25c00fca3a299fdc08b41925ac606889fdbdb983"@en
}
