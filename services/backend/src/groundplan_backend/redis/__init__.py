"""Redis: one multiplexed connection, and the cache of ready-made answers on it."""
