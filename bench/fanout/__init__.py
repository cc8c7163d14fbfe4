"""Events that many follow at once: how soon each follower has them, and what that costs."""
