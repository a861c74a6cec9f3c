# A concept without label and definition.
# Changes: mappings.ttl
# Message: A concept has exactly one preferred label.
# Message: A concept has a definition.
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE WHERE { concept:sedation skos:prefLabel ?label } ;
DELETE WHERE { concept:sedation skos:definition ?words }
