"""Side-by-side measurements of the platform and the peer that the reference names."""
