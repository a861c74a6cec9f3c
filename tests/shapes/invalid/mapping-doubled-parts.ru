# A mapping of two concepts to two identifiers by two relations. Most of what it says is in no graph.
# Changes: mappings.ttl
# Message: A mapping is of exactly one concept.
# Message: A mapping has exactly one SKOS mapping relation.
# Message: A mapping is to exactly one identifier.
# Message: A mapping writes its identifier as exactly one CURIE.
# Message: What a mapping says stands in the graph as a match of its concept.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX mapping: <https://w3id.org/claimgraph/mapping/>
PREFIX mesh: <http://id.nlm.nih.gov/mesh/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>

INSERT DATA {
  concept:other a cg:Condition ; skos:prefLabel "other"@en ; skos:definition "Another condition."@en .
  mapping:sedation--HP-0002329 sssom:subject_id concept:other ;
    sssom:predicate_id skos:broadMatch ; sssom:object_id mesh:D006993 ;
    skos:notation "MESH:D006993"
}
