"""The platform as a catalog: components, their arrows, live state and annotations."""
