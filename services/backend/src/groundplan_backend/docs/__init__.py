"""The API described to people (`/api/docs`) and to programs (`/api/v1/openapi.json`)."""
