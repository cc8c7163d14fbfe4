"""The password of a person: what is refused as one, its change, and its reset by mail."""
