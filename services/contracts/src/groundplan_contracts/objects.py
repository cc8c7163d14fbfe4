"""Where objects stand in the bucket of files: what Terraform lets grow old, and what it keeps."""

from typing import Final

FILES: Final = "files"
"""Begins the names of files' parts; they go when their time is over."""
AUDIT: Final = "audit"
"""Begins the names of notes on the audit record, which stay."""
