"""Read what a text about a drug claims and turn it into a knowledge graph."""

__version__ = "0.1.0"
