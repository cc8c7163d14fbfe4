"""HTTP as the backend speaks it: exchanges, strict requests, replies, routes, OpenAPI."""
