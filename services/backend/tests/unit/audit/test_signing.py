from datetime import UTC, datetime, timedelta

import pytest

from groundplan_backend.audit.signing import GENESIS, Content, Signer, first_id, new_id
from groundplan_backend.settings import Secret

_AT = datetime(2026, 11, 23, 2, 45, 1, 123456, tzinfo=UTC)
_CONTENT = Content(
    new_id(_AT), _AT, "ada", "user.create", "x", "done", "{}", None, None, "1.2.3.4", "r", "t"
)
_SIGNER = Signer(Secret("k" * 64))


@pytest.mark.parametrize("name", Content._fields)
def test_every_field_is_proven(name: str) -> None:
    """Another value in any of them is another proof."""
    values = {"id": new_id(_AT), "at": _AT + timedelta(microseconds=1)}
    other = _CONTENT._replace(**{name: values.get(name, "other")})
    assert _SIGNER.proof(_CONTENT) != _SIGNER.proof(other)


def test_text_cannot_move_from_one_field_to_the_next() -> None:
    """Fields are kept apart by what no text can hold."""
    moved = _CONTENT._replace(actor="adauser", action=".create")
    assert _SIGNER.proof(_CONTENT) != _SIGNER.proof(moved)


def test_another_key_makes_another_proof_and_another_link() -> None:
    """Whoever has all but the key can make neither."""
    other = Signer(Secret("j" * 64))
    proof = _SIGNER.proof(_CONTENT)
    assert proof != other.proof(_CONTENT)
    link = (GENESIS, 1, _CONTENT.id, proof)
    assert _SIGNER.link(*link) != other.link(*link)


def test_a_link_holds_what_was_before_its_place_and_its_event() -> None:
    """None of them can be exchanged."""
    proof = _SIGNER.proof(_CONTENT)
    link = _SIGNER.link(GENESIS, 1, _CONTENT.id, proof)
    others = {
        _SIGNER.link(link, 1, _CONTENT.id, proof),
        _SIGNER.link(GENESIS, 2, _CONTENT.id, proof),
        _SIGNER.link(GENESIS, 1, new_id(_AT), proof),
        _SIGNER.link(GENESIS, 1, _CONTENT.id, GENESIS),
    }
    assert 4 == len(others - {link})


def test_the_order_of_ids_is_that_of_time() -> None:
    """Microsecond by microsecond; and each is a UUID of version 7 that is made once."""
    moments = [_AT + timedelta(microseconds=count) for count in range(2000)]
    ids = [new_id(at) for at in moments]
    assert sorted(ids) == ids
    assert {(7, "specified in RFC 4122")} == {(one.version, one.variant) for one in ids}
    assert new_id(_AT) != new_id(_AT)


def test_the_first_id_of_a_moment_is_before_all_others_of_it() -> None:
    """A search from a moment on misses none of it."""
    assert first_id(_AT) <= new_id(_AT)
    assert new_id(_AT - timedelta(milliseconds=1)) < first_id(_AT)
