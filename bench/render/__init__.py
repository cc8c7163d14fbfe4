"""Rendering, side by side: an environment of ours beside `helm template` of an equal chart."""
