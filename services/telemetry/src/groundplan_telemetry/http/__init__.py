"""HTTP as the rooms see it: requests in, replies out, and which handler answers what."""
