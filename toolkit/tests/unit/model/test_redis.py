"""redis.conf remembers, is bounded, and listens where it is told."""

from collections.abc import Callable

import pytest

from groundplan.model import redis
from groundplan.model.placement import Certificate
from groundplan.model.platform import Platform


def _lines(platform: Platform) -> list[str]:
    text = redis.settings(
        platform.cache, listening="port 1", users="user a off", folder="/somewhere else"
    )
    return text.splitlines()


def test_what_only_a_place_knows_is_taken_as_it_is(reference: Platform) -> None:
    """Its address, its users and its folder, blanks and all."""
    told = {"port 1", "user a off", 'dir "/somewhere else"'}
    assert told == told & set(_lines(reference))


def test_memory_is_bounded_below_the_limit(platform_with: Callable[[str], Platform]) -> None:
    """A quarter of the limit is left for buffers, and a full cache refuses, it forgets nothing."""
    lines = _lines(platform_with("cache: {resources: {limits: {memory: 1Gi}}}"))
    assert [f"maxmemory {3 * (1 << 28)}", "maxmemory-policy noeviction"] == [
        line for line in lines if line.startswith("maxmemory")
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{enabled: true, fsync: always}", ["appendonly yes", "appendfsync always"]),
        ("{enabled: false}", ["appendonly no", "appendfsync everysec"]),
    ],
)
def test_writes_are_logged_as_the_file_says(
    written: str, said: list[str], platform_with: Callable[[str], Platform]
) -> None:
    """Persistence of the file decides whether there is a log and when it reaches the disk."""
    lines = _lines(platform_with(f"cache: {{persistence: {written}}}"))
    assert said == [line for line in lines if line.startswith(("appendonly", "appendfsync"))]


def test_without_a_certificate_it_listens_in_the_clear() -> None:
    """One address, one port."""
    assert "bind 127.0.0.1\nport 6379" == redis.listening("127.0.0.1", 6379, None)


def test_with_a_certificate_only_tls_is_spoken() -> None:
    """The plain port is shut, old versions are refused, and clients need no certificate."""
    shown = Certificate("/tls/tls.crt", "/tls/tls.key", "/tls/ca.crt")
    assert [
        "bind *",
        "port 0",
        "tls-port 6379",
        'tls-cert-file "/tls/tls.crt"',
        'tls-key-file "/tls/tls.key"',
        'tls-ca-cert-file "/tls/ca.crt"',
        "tls-auth-clients no",
        'tls-protocols "TLSv1.2 TLSv1.3"',
    ] == redis.listening("*", 6379, shown).splitlines()
