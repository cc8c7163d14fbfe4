"""Password hashes: argon2id at OWASP's figures, off the event loop, few at a time."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from groundplan_backend.errors import RateLimited

MEMORY_KIB: Final = 19_456
_PASSES: Final = 2
_AT_ONCE: Final = 2
_WAITING: Final = 16

T = TypeVar("T")


class Passwords:
    """Hashes and verifies; a verification takes about 20 ms of one core and 19 MiB."""

    def __init__(self, at_once: int = _AT_ONCE, waiting: int = _WAITING) -> None:
        self._hasher = argon2.PasswordHasher(
            time_cost=_PASSES, memory_cost=MEMORY_KIB, parallelism=1
        )
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="argon2")
        self._room = at_once + waiting
        self._dummy: str | None = None
        self.verified = 0

    @contextmanager
    def admission(self) -> Iterator[None]:
        """Hold a place in the queue.

        Raises:
            RateLimited: too many wait already.
        """
        if self._room <= 0:
            raise RateLimited("too many sign-ins at once")
        self._room -= 1
        try:
            yield
        finally:
            self._room += 1

    async def verify(self, stored: str | None, password: str) -> bool:
        """Say whether the password belongs to the hash; None takes as long and is never right."""
        return await self._run(self._verify, stored, password)

    async def hash(self, password: str) -> str:
        """Return the PHC string to store."""
        return await self._run(self._hasher.hash, password)

    def is_weak(self, stored: str) -> bool:
        """Whether a hash was made with lesser figures than ours."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, stored: str | None, password: str) -> bool:
        if self._dummy is None:
            self._dummy = self._hasher.hash(secrets.token_hex(16))
        self.verified += 1
        try:
            return self._hasher.verify(stored or self._dummy, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, function: Callable[..., T], *arguments: str | None) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, function, *arguments)
