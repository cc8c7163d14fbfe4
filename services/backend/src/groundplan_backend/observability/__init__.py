"""What the backend tells about itself: JSON log lines and Prometheus metrics."""
