"""Delivers rendered objects: what changes, to a branch or a cluster, and how healthy it became."""
