"""What an outage of telemetry costs users: the same load while it is well and while it is not."""
