# Two exact matches in EFO, one of them by another form of IRI: the CURIEs tell.
# Changes: mappings.ttl
# Message: A concept has at most one exact match in an identifier space.
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mapping: <https://w3id.org/claimgraph/mapping/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>

INSERT DATA {
  concept:sedation skos:exactMatch <https://bioregistry.io/efo:0000001> .
  mapping:sedation--EFO-0000001 a sssom:Mapping ;
    sssom:subject_id concept:sedation ; sssom:predicate_id skos:exactMatch ;
    sssom:object_id <https://bioregistry.io/efo:0000001> ;
    skos:notation "efo:0000001" ; dcterms:source "efo.json"
}
