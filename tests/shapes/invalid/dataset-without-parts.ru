# A dataset without title, licence and source.
# Changes: claims.ttl
# Message: A dataset has exactly one title.
# Message: A dataset has exactly one licence.
# Message: A dataset names the texts it was made from.
PREFIX dcat: <http://www.w3.org/ns/dcat#>

DELETE WHERE { <https://w3id.org/claimgraph/dataset/example> ?part ?value } ;
INSERT DATA { <https://w3id.org/claimgraph/dataset/example> a dcat:Dataset }
