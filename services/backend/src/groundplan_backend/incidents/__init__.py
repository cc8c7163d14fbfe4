"""Incidents: what alerts have found, who has taken it on, and who was told."""
