# A match that nobody can look up.
# Changes: mappings.ttl
# Message: A match to an identifier elsewhere has a mapping that names its source.
PREFIX concept: <https://w3id.org/claimgraph/concept/>
PREFIX mesh: <http://id.nlm.nih.gov/mesh/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { concept:sedation skos:relatedMatch mesh:D006993 }
