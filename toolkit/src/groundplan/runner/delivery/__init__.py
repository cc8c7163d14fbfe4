"""Versions of services on this machine: packed, rolled out under watch, and back."""
