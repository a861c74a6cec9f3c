# A rejection without its class would not reject anything.
# Changes: mappings.ttl
# Message: What maps to an identifier is a mapping or a mapping rejection.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX mapping: <https://w3id.org/claimgraph/mapping/>

DELETE DATA { mapping:sedation--MESH-D016292 a cg:MappingRejection }
