"""Artifacts: files of releases, uploaded in parts, checked, kept and handed out."""
