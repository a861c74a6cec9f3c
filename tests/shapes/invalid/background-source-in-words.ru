# A source that cannot be followed.
# Changes: background.ttl
# Message: A background statement has a source.
PREFIX background: <https://w3id.org/claimgraph/background/>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { background:absence-seizure-is-seizure dcterms:source ?source } ;
INSERT DATA { background:absence-seizure-is-seizure dcterms:source "common knowledge" }
