"""Rendered files onto the disk: what differs, what is ours, and all of it or nothing."""
