"""The backend of the platform: identity and catalog behind the gateway, on Litestar."""
