"""Releases, deployments as a state machine, approvals, and the stream of what happened."""
