"""Webhooks out: who is told of what, signed, and tried again for a day."""
