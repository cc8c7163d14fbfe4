"""Built-in exporters for what exposes nothing itself, with the well-known exporters' names."""
