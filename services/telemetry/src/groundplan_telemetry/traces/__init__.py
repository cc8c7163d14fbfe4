"""Traces: spans on the disk, the search over them, and the graph of who called whom."""
