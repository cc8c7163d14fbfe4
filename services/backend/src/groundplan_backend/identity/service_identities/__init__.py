"""Service identities: users without a password, who call with API tokens."""
