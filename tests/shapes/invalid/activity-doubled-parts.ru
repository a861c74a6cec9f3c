# An activity of two methods and two agents, on two texts.
# Changes: claims.ttl
# Message: An activity has exactly one method from the closed list.
# Message: An activity names by exactly one ECO term whether its assertions are manual or automatic.
# Message: An activity read exactly one text.
# Message: An activity was carried out by exactly one agent.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ex: <http://example.org/>
PREFIX obo: <http://purl.obolibrary.org/obo/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

INSERT DATA {
  text:activity-reviewed cg:method cg:rulesMethod ; cg:assertionMethod obo:ECO_0000203 ;
    prov:used <https://w3id.org/claimgraph/text/other> ; prov:wasAssociatedWith ex:program .
  ex:program a prov:SoftwareAgent .
  <https://w3id.org/claimgraph/text/other> a cg:Text ;
    dcterms:title "Other"@en ; dcterms:language "en" ;
    cg:sha256 "0000000000000000000000000000000000000000000000000000000000000000" 
}
