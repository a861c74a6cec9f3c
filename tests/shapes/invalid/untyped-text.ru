# A text without its class, and all that is to be in a text.
# Changes: claims.ttl
# Message: What is pinned by a SHA-256 is a text.
# Message: A target is in exactly one text.
# Message: A section is part of exactly one text.
# Message: An activity read exactly one text.
# Message: A dataset names the texts it was made from.
PREFIX cg: <https://w3id.org/claimgraph/vocab#>

DELETE DATA { <https://w3id.org/claimgraph/text/example> a cg:Text }
