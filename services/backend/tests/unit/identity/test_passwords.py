import argon2
import pytest

from groundplan_backend.errors import RateLimited
from groundplan_backend.identity.passwords import Passwords


@pytest.fixture
def passwords() -> Passwords:
    """A hasher with two threads."""
    return Passwords()


@pytest.mark.parametrize("password", ["correct horse", "пароль и emoji 🔑", "x" * 256, " a b "])
async def test_a_password_verifies_whole_and_as_typed(passwords: Passwords, password: str) -> None:
    """Any character counts, to the last one."""
    stored = await passwords.hash(password)
    assert await passwords.verify(stored, password)
    assert not await passwords.verify(stored, password[:-1])
    assert not await passwords.verify(stored, password.upper() + "!")


async def test_hashes_have_the_figures_of_owasp(passwords: Passwords) -> None:
    """argon2id with 19 MiB, two passes, one lane; the figures stand in the hash."""
    assert (await passwords.hash("x")).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_a_weaker_hash_is_noticed(passwords: Passwords) -> None:
    """It is replaced at the next sign-in."""
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("x")
    assert passwords.is_weak(weak)
    assert not passwords.is_weak(await passwords.hash("x"))


async def test_nobodys_password_is_never_right(passwords: Passwords) -> None:
    """For an unknown user a real hash is compared, so it takes as long."""
    assert not await passwords.verify(None, "x")
    assert not await passwords.verify("no hash at all", "x")
    assert 2 == passwords.verified


def test_the_queue_is_short() -> None:
    """Beyond it nobody waits; places come back."""
    passwords = Passwords(at_once=1, waiting=1)
    with passwords.admission(), passwords.admission(), pytest.raises(RateLimited):
        passwords.admission().__enter__()
    with passwords.admission(), passwords.admission():
        pass
