# A hash that is too short, a title without language, a language that is a word.
# Changes: claims.ttl
# Message: A text is pinned by exactly one SHA-256.
# Message: A text has exactly one title.
# Message: A text has exactly one language.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { <https://w3id.org/claimgraph/text/example> ?part ?value } ;
INSERT DATA {
  <https://w3id.org/claimgraph/text/example> a cg:Text ; cg:sha256 "e6bff762" ; dcterms:title "Clonazepam" ;
    dcterms:language "English"
}
