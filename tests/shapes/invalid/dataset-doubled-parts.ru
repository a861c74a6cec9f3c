# A dataset under two titles and two licences.
# Changes: claims.ttl
# Message: A dataset has exactly one title.
# Message: A dataset has exactly one licence.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ex: <http://example.org/>

INSERT DATA { <https://w3id.org/claimgraph/dataset/example> dcterms:title "Other"@en ; dcterms:license ex:licence }
