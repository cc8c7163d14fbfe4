import uuid
from typing import Any

import pytest

from groundplan_backend import settings
from groundplan_backend.errors import ChallengeEnded
from groundplan_backend.identity.factors.challenges import Challenges
from groundplan_backend.identity.factors.due import Method, SecondFactor
from groundplan_backend.identity.factors.notices import Notices
from groundplan_backend.identity.factors.passkeys import Passkeys
from groundplan_backend.identity.factors.proofs import Proofs
from groundplan_backend.postgres.pool import Pool

_SETTINGS = settings.load(
    {
        "DATABASE_URL": "postgresql://nowhere",
        "REDIS_URL": "redis://nowhere",
        "GATEWAY_KEY": "a1" * 32,
        "KEY_ENCRYPTION_KEY": "b2" * 32,
        "MFA_REQUIRED_FOR": "administrator",
    }
)
_MADE = Challenges(_SETTINGS.key_encryption_key)


@pytest.fixture
def second() -> SecondFactor:
    """A second factor that is demanded of administrators; its database is never asked."""
    pool = Pool(_SETTINGS.database_url, 1, 1000)
    browser = Passkeys("http://localhost", "groundplan")
    proofs = Proofs(pool, _SETTINGS, browser, Notices(pool, _SETTINGS))
    return SecondFactor(_SETTINGS, _MADE, proofs)


def _user(role: str, password: str = "a hash") -> dict[str, Any]:
    return {"id": uuid.uuid4(), "role": role, "factors": [], "password": password}


async def test_nothing_is_due_without_factor_and_duty(second: SecondFactor) -> None:
    """Whoever has no factor and needs none is not asked."""
    assert await second.due(None, _user("operator")) is None


async def test_who_must_have_a_factor_is_told_to_set_it_up(second: SecondFactor) -> None:
    """There is no method to answer with yet."""
    due = await second.due(None, _user("administrator"))
    assert due is not None
    assert ([], True) == (due.mfa.methods, due.mfa.enrol)


async def test_a_challenge_is_bound_to_the_password(second: SecondFactor) -> None:
    """With another hash it has ended."""
    user = _user("administrator")
    due = await second.due(None, user)
    assert due is not None
    challenge = _MADE.read("sign-in", due.mfa.challenge)
    second.check(challenge, user)
    with pytest.raises(ChallengeEnded):
        second.check(challenge, {**user, "password": "another hash"})
    with pytest.raises(ChallengeEnded):
        second.check(challenge, None)


@pytest.mark.parametrize(
    ("role", "method", "missing"),
    [
        ("administrator", "password", True),
        ("administrator", "oidc", True),
        ("administrator", None, True),
        ("administrator", "totp", False),
        ("administrator", "passkey", False),
        ("administrator", "recovery", False),
        ("operator", "password", False),
    ],
)
def test_a_session_lacks_the_factor_that_its_role_demands(
    second: SecondFactor, role: str, method: Method | None, missing: bool
) -> None:
    """What an older release noted nothing of counts as the password alone."""
    assert missing == second.is_missing(role, method)
