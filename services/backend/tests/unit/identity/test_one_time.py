import re

from groundplan_backend.identity import one_time


def test_a_token_needs_no_encoding_and_comes_once() -> None:
    """256 bits as 43 characters that stand in a link as they are."""
    tokens = {one_time.new() for _ in range(1000)}
    assert 1000 == len(tokens)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_only_the_hash_is_kept() -> None:
    """The same token gives the same hash, and the hash tells nothing of it."""
    token = one_time.new()
    assert one_time.digest(token) == one_time.digest(token)
    assert token.encode() not in one_time.digest(token)
    assert 32 == len(one_time.digest(token))
