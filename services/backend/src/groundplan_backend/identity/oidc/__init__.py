"""Sign-in at an OpenID Connect provider; off until one is set."""
