"""Benchmarks: what claimgraph finds in text that others have annotated, and how fast."""
