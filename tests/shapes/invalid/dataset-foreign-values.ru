# A title in no language, a licence in words, a source that is no text.
# Changes: claims.ttl
# Message: A dataset has exactly one title.
# Message: A dataset has exactly one licence.
# Message: A dataset names the texts it was made from.
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ex: <http://example.org/>

DELETE WHERE { <https://w3id.org/claimgraph/dataset/example> ?part ?value } ;
INSERT DATA {
  <https://w3id.org/claimgraph/dataset/example> a dcat:Dataset ;
    dcterms:title "Claims" ; dcterms:license "CC0" ; dcterms:source ex:thing
}
