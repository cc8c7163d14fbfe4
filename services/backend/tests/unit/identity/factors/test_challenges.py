import uuid
from datetime import UTC, datetime, timedelta

import pytest

from groundplan_backend.errors import ChallengeEnded
from groundplan_backend.identity.factors import challenges
from groundplan_backend.identity.factors.challenges import Challenges
from groundplan_backend.settings import Secret

_CHALLENGES = Challenges(Secret("b2" * 32))
_USER = uuid.uuid4()


def test_a_challenge_comes_back_as_it_was_made() -> None:
    """User, payload and end stand in it, and it can be read by none but us."""
    made = _CHALLENGES.make("sign-in", _USER, b"payload")
    assert made == _CHALLENGES.read("sign-in", made.token, _USER)
    assert timedelta(minutes=4) < made.expires_at - datetime.now(UTC) <= timedelta(minutes=5)
    assert 40 < len(made.token) < 1024


def test_a_challenge_is_for_one_purpose_and_user() -> None:
    """Whatever else it is brought for, it has ended."""
    made = _CHALLENGES.make("sign-in", _USER)
    with pytest.raises(ChallengeEnded):
        _CHALLENGES.read("step-up", made.token)
    with pytest.raises(ChallengeEnded):
        _CHALLENGES.read("sign-in", made.token, uuid.uuid4())


def test_a_challenge_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its life it is refused."""
    monkeypatch.setattr(challenges, "LIFE", timedelta(seconds=-1))
    made = _CHALLENGES.make("sign-in", _USER)
    with pytest.raises(ChallengeEnded):
        _CHALLENGES.read("sign-in", made.token)


@pytest.mark.parametrize("token", ["", "a", "A" * 40, "A" * 1024, "ü" * 50, "a b" * 20])
def test_a_forged_challenge_has_ended(token: str) -> None:
    """What is not of ours is refused as what is too old."""
    with pytest.raises(ChallengeEnded):
        _CHALLENGES.read("sign-in", token)


def test_what_a_passkey_signs_belongs_to_one_challenge() -> None:
    """No two challenges have it in common."""
    found = {_CHALLENGES.make("step-up", _USER).for_passkey for _ in range(10)}
    assert (10, {32}) == (len(found), {len(one) for one in found})
