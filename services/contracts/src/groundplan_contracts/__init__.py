"""What passes between the services: identity, session keys and problems. Imports none of them."""
