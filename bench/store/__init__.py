"""The telemetry store under load: its work and memory, what it loses, and how fast it finds."""
