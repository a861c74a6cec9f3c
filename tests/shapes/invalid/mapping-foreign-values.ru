# A mapping of no concept, by no mapping relation, to words, under no CURIE, from nowhere.
# Changes: mappings.ttl
# Message: A mapping is of exactly one concept.
# Message: A mapping has exactly one SKOS mapping relation.
# Message: A mapping is to exactly one identifier.
# Message: A mapping writes its identifier as exactly one CURIE.
# Message: A mapping names where its identifier was read.
# Message: What a mapping says stands in the graph as a match of its concept.
# Message: A match to an identifier elsewhere has a mapping that names its source.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ex: <http://example.org/>
PREFIX mapping: <https://w3id.org/claimgraph/mapping/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>

DELETE WHERE { mapping:sedation--HP-0002329 ?part ?value } ;
INSERT DATA {
  mapping:sedation--HP-0002329 a sssom:Mapping ;
    sssom:subject_id ex:thing ; sssom:predicate_id skos:broader ; sssom:object_id "Drowsiness" ;
    skos:notation "Drowsiness" ; dcterms:source ""
}
