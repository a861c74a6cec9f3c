"""Train the small model that claimgraph ships; see README.md beside this file."""
