"""What traces cost a request that is not sampled: gateway and backend with and without them."""
