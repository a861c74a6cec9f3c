# Conscious Sedation is a procedure, no effect; somebody has made the rejected match again.
# Changes: mappings.ttl
# Message: What a mapping rejection rejects is no match of the concept.
# Message: A match to an identifier elsewhere has a mapping that names its source.
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX mesh: <http://id.nlm.nih.gov/mesh/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { concept:sedation skos:exactMatch mesh:D016292 }
