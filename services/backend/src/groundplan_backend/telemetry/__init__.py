"""What the platform tells of itself: metrics, traces, logs, objectives, alerts and runbooks."""
