"""The authorisation service: answers Envoy's ext_authz check for every request to the API.

The way of one check: `app` hands it to `check`, which asks `policy` for the rule, `token` for the
caller, `decide` for what must be known, `store` for sessions and spending in Redis, and `decide`
again for the verdict.
"""
