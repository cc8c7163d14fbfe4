"""Pauses between attempts: exponential, with jitter, up to a most; forgotten after good times."""

import random
from dataclasses import dataclass


@dataclass(slots=True)
class Backoff:
    """Counts failures in a row and says how long to wait before trying again, in seconds."""

    first: float = 0.2
    most: float = 10.0
    failures: int = 0

    def failed(self) -> float:
        """Count a failure and return the pause after it."""
        self.failures += 1
        pause = min(self.most, self.first * 2.0 ** min(self.failures - 1, 16))
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret

    def succeeded(self) -> None:
        """Forget the failures."""
        self.failures = 0
