# A mapping of nothing to nothing. The match it recorded is without a source then.
# Changes: mappings.ttl
# Message: A mapping is of exactly one concept.
# Message: A mapping has exactly one SKOS mapping relation.
# Message: A mapping is to exactly one identifier.
# Message: A mapping writes its identifier as exactly one CURIE.
# Message: A mapping names where its identifier was read.
# Message: A match to an identifier elsewhere has a mapping that names its source.
PREFIX mapping: <https://w3id.org/claimgraph/mapping/>
PREFIX sssom: <https://w3id.org/sssom/>

DELETE WHERE { mapping:sedation--HP-0002329 ?part ?value } ;
INSERT DATA { mapping:sedation--HP-0002329 a sssom:Mapping }
