"""API tokens: access tokens for machines, with scopes and a long but certain end."""
