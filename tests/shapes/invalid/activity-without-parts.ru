# An activity of which nothing is left; what it found cannot have been reviewed then.
# Changes: claims.ttl
# Message: An activity has exactly one method from the closed list.
# Message: An activity names by exactly one ECO term whether its assertions are manual or automatic.
# Message: An activity read exactly one text.
# Message: An activity was carried out by exactly one agent.
# Message: A claim has a manual agent if, and only if, it was found by review.
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX text: <https://w3id.org/claimgraph/text/example/>

DELETE WHERE { text:activity-reviewed ?part ?value } ;
INSERT DATA { text:activity-reviewed a prov:Activity }
