"""Extraction: a Document goes in, Claims come out."""
