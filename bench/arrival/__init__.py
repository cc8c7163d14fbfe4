"""How long it takes until the console shows the whole trace of a request."""
