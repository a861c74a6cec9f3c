# A concept with two preferred labels.
# Changes: mappings.ttl
# Message: A concept has exactly one preferred label.
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { concept:sedation skos:prefLabel "drowsiness"@en }
