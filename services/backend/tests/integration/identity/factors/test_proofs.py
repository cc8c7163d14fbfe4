"""How often one may guess, and that what is right is used up."""

import asyncio
from typing import Any

import httpx
import pytest

_PREFIX = "/api/v1/identity/sign-in"


@pytest.mark.parametrize(("later", "status"), [(-2, 403), (-1, 200), (1, 200), (2, 403)])
def test_one_step_of_drift_is_forgiven(armed: Any, later: int, status: int) -> None:
    """A code of the step before or after is taken, one of two steps away is not."""
    body = {"challenge": armed.challenge()["challenge"], "code": armed.code(later)}
    assert status == armed.post("sign-in/totp", body).status_code


def test_a_code_works_once(armed: Any) -> None:
    """A second sign-in with the same code is refused, also within its half minute."""
    code = armed.code()
    body = {"challenge": armed.challenge()["challenge"], "code": code}
    assert 200 == armed.post("sign-in/totp", body).status_code
    body = {"challenge": armed.challenge()["challenge"], "code": code}
    assert 403 == armed.post("sign-in/totp", body).status_code


@pytest.mark.parametrize("method", ["totp", "recovery"])
def test_of_twenty_parallel_submits_one_succeeds(stack: Any, person: Any, method: str) -> None:
    """One code begins one session, however many challenges it answers at once."""
    patient = stack.replica(LOCK_AFTER="1000")
    one = person(at=patient)
    one.sign_in()
    one.enrol_totp()
    challenges = [one.challenge()["challenge"] for _ in range(4)] * 5
    code = one.code() if method == "totp" else one.recovery_codes[0]

    async def submit_all() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=patient.url, timeout=30) as client:
            bodies = [{"challenge": challenge, "code": code} for challenge in challenges]
            path = f"{_PREFIX}/{method}"
            return await asyncio.gather(*(client.post(path, json=body) for body in bodies))

    statuses = [answer.status_code for answer in asyncio.run(submit_all())]
    assert 1 == statuses.count(200)
    assert {200, 403, 409} >= set(statuses)


@pytest.mark.parametrize("method", ["totp", "recovery"])
def test_a_hundred_parallel_guesses_run_ten_verifications(armed: Any, method: str) -> None:
    """A guess is counted before it is looked at, so a race gains nothing, nor a new challenge."""
    challenge = armed.challenge()["challenge"]
    wrong = "000000" if method == "totp" else "a" * 24

    async def guess_all() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=armed.replica.url, timeout=30) as client:
            body = {"challenge": challenge, "code": wrong}
            path = f"{_PREFIX}/{method}"
            answers: list[httpx.Response] = []
            for _ in range(5):
                at_once = (client.post(path, json=body) for _ in range(20))
                answers += await asyncio.gather(*at_once)
            return answers

    codes = [answer.json()["code"] for answer in asyncio.run(guess_all())]
    assert (10, 90) == (codes.count("invalid_proof"), codes.count("account_locked"))
    assert 10 == armed.refusals()
    body = {"challenge": armed.challenge()["challenge"], "code": armed.code()}
    right = armed.post("sign-in/totp", body)
    assert (429, "account_locked") == (right.status_code, right.json()["code"])
    assert 1700 < int(right.headers["retry-after"]) <= 1800


def test_every_lock_is_twice_as_long(stack: Any, person: Any) -> None:
    """Who has the password and waits gains ever fewer guesses."""
    strict = stack.replica(LOCK_AFTER="2", LOCK_FOR="60")
    one = person(at=strict)
    one.sign_in()
    one.enrol_totp()
    body = {"challenge": one.challenge()["challenge"], "code": "000000"}
    locks = []
    for _ in range(3):
        answers = [one.post("sign-in/totp", body) for _ in range(3)]
        assert [403, 403, 429] == [answer.status_code for answer in answers]
        locks.append(round(int(answers[2].headers["retry-after"]) / 60))
        one.sql("UPDATE factor_attempt SET locked_until = now() WHERE user_id = $1", one.id)
    assert [1, 2, 4] == locks


def test_a_recovery_code_works_once_however_it_is_typed(armed: Any) -> None:
    """Capitals and missing hyphens do not matter; a second use does."""
    typed = armed.recovery_codes[3].upper().replace("-", " ")
    body = {"challenge": armed.challenge()["challenge"], "code": typed}
    assert 200 == armed.post("sign-in/recovery", body).status_code
    body = {"challenge": armed.challenge()["challenge"], "code": armed.recovery_codes[3]}
    assert 403 == armed.post("sign-in/recovery", body).status_code
    assert 1 == armed.refusals("recovery_code.use")
