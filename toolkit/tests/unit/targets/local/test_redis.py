"""Redis remembers, is bounded, and refuses dangerous words."""

import hashlib


def _lines(rendered) -> list[str]:
    return next(f.content for f in rendered.files if f.path == "redis/redis.conf").splitlines()


def test_writes_are_logged_as_the_file_says(rendered):
    """The append-only log is on and reaches the disk every second."""
    assert {"appendonly yes", "appendfsync everysec"} <= set(_lines(rendered))


def test_sessions_are_never_evicted(rendered):
    """Memory is bounded below the limit and a full cache refuses rather than forgets."""
    lines = _lines(rendered)
    assert f"maxmemory {512 * (1 << 20) * 3 // 4}" in lines
    assert "maxmemory-policy noeviction" in lines


def test_only_loopback_gets_in_and_with_a_password(rendered):
    """It listens on loopback; the file holds a digest of the password, not the password."""
    lines = _lines(rendered)
    assert {"bind 127.0.0.1", "protected-mode yes"} <= set(lines)
    digest = hashlib.sha256(b"cache-password").hexdigest()
    user = next(line for line in lines if line.startswith("user default"))
    assert f"#{digest}" in user
    assert {"-@admin", "-@dangerous"} <= set(user.split())
    assert "cache-password" not in "\n".join(lines)


def test_its_file_is_for_the_owner_alone(rendered):
    """Settings with secrets in them are private."""
    assert 0o600 == next(f.mode for f in rendered.files if f.path == "redis/redis.conf")
