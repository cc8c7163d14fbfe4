"""Looks through a file while it streams by: its digest, its kind, and what it would unpack to.

Everything here is synchronous and reads forward only; nothing is written anywhere.
"""
