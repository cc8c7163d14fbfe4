"""The devices of a person: his sessions, named, and ended by himself or an administrator."""
