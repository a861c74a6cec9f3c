# CURIE and source with language tags.
# Changes: mappings.ttl
# Message: A mapping writes its identifier as exactly one CURIE.
# Message: A mapping names where its identifier was read.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX mapping: <https://w3id.org/claimgraph/mapping/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { mapping:sedation--HP-0002329 skos:notation "HP:0002329" ; dcterms:source "hp.obo" } ;
INSERT DATA { mapping:sedation--HP-0002329 skos:notation "HP:0002329"@en ; dcterms:source "hp.obo"@en }
