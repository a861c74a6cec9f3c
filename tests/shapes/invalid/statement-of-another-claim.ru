# A statement that gathers a claim of something else.
# Changes: statement.ttl
# Message: The claims of a gathered statement have its subject, relation and object.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX statement: <https://w3id.org/claimgraph/statement/>

DELETE WHERE { statement:1 rdf:predicate ?relation } ;
INSERT DATA { statement:1 rdf:predicate cg:treats }
