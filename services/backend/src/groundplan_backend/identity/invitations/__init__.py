"""Invitations: how somebody becomes a user without anybody else knowing his password."""
