"""Rules: series recorded from others, alerts with patience, and who is told of them."""
