"""The mix is the same for everybody and holds each kind in its share."""

from collections import Counter

from bench.objectives import mix


def test_the_order_is_the_same_every_time() -> None:
    """Both sides are asked for the same things in the same order."""
    one, other = (mix.requests("here:1", "secret", 50) for _ in range(2))
    assert one == other


def test_kinds_come_in_their_shares() -> None:
    """About a fifth of the requests change something."""
    count = Counter(each.kind for each in mix.requests("here:1", "secret", 10_000))
    assert {"read", "list", "create", "search"} == set(count)
    assert 0.18 < count["create"] / 10_000 < 0.22


def test_a_request_is_whole() -> None:
    """Its head names the host, the caller and the length of what follows."""
    made = {each.kind: each for each in mix.requests("here:1", "secret", 200)}
    head, _, body = made["create"].content.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0].startswith(b"POST /api/v1/catalog/")
    assert {b"host: here:1", b"authorization: Bearer secret"} <= set(lines)
    assert f"content-length: {len(body)}".encode() in lines
    assert 201 == made["create"].status


def test_every_traced_request_has_a_trace_of_its_own() -> None:
    """All are to be kept, and all else is the same."""
    plain, traced = mix.requests("here:1", "secret", 50), mix.traced("here:1", "secret", 50)
    told = [
        next(line for line in each.content.split(b"\r\n") if line.startswith(b"traceparent: "))
        for each in traced
    ]
    assert 50 == len(set(told))
    assert {b"-01"} == {line[-3:] for line in told}
    bare = [
        each.content.replace(line + b"\r\n", b"") for each, line in zip(traced, told, strict=True)
    ]
    assert [each.content for each in plain] == bare
