# Nobody knows who says so.
# Changes: background.ttl
# Message: A background statement has a source.
PREFIX background: <https://w3id.org/claimgraph/background/>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { background:absence-seizure-is-seizure dcterms:source ?source }
