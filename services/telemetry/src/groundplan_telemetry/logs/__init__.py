"""Logs: lines on the disk, and the search over them."""
