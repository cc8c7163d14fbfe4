"""What people do with their factors, and what an administrator may undo."""

import contextlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import redis as redis_client


def test_a_new_account_has_no_factor(person: Any) -> None:
    """The list is empty, and tells whether one is demanded and where passkeys are made."""
    one = person()
    one.sign_in()
    page = one.ask("GET", "factors").json()
    assert ([], 0, False) == (page["items"], page["recovery_codes_left"], page["required"])
    assert "http://localhost:8080" == page["passkey_origin"]
    me = one.ask("GET", "me").json()
    assert (False, False) == (me["mfa"], me["mfa_required"])


def test_a_factor_is_renamed(person: Any) -> None:
    """Its new name stands in the list; nobody renames another's."""
    one, other = person(), person()
    one.sign_in()
    other.sign_in()
    factor = one.enrol_totp()
    assert 404 == other.ask("PATCH", f"factors/{factor['id']}", {"name": "Mine"}).status_code
    renamed = one.ask("PATCH", f"factors/{factor['id']}", {"name": "Old phone"})
    assert (200, "Old phone") == (renamed.status_code, renamed.json()["name"])
    assert "Old phone" == one.ask("GET", "factors").json()["items"][0]["name"]


def test_the_last_factor_takes_the_recovery_codes_with_it(person: Any) -> None:
    """Without a factor the password is enough again, and nothing is left to stand in."""
    one, other = person(), person()
    one.sign_in()
    other.sign_in()
    factor = one.enrol_totp()
    assert 404 == other.ask("DELETE", f"factors/{factor['id']}").status_code
    assert 204 == one.ask("DELETE", f"factors/{factor['id']}").status_code
    assert 0 == one.ask("GET", "factors").json()["recovery_codes_left"]
    assert "access_token" in one.post("sign-in", _password(one)).json()


def test_the_last_factor_stays_where_the_role_demands_one(stack: Any, person: Any) -> None:
    """Another has to be added first; of two that go at once one stays."""
    one = person()
    one.sign_in()
    first = one.enrol_totp()
    one.replica = stack.replica(MFA_REQUIRED_FOR="operator")
    refused = one.ask("DELETE", f"factors/{first['id']}")
    assert (409, "conflict") == (refused.status_code, refused.json()["code"])
    second = one.enrol_totp()
    with ThreadPoolExecutor(2) as threads:
        paths = [f"factors/{factor['id']}" for factor in (first, second)]
        answers = list(threads.map(lambda path: one.ask("DELETE", path), paths))
    assert [204, 409] == sorted(answer.status_code for answer in answers)


def test_new_recovery_codes_replace_the_old_ones(armed: Any) -> None:
    """Those before are worth nothing; without a factor there are none."""
    body = {"challenge": armed.challenge()["challenge"], "code": armed.code()}
    armed.hold(armed.post("sign-in/totp", body).json())
    renewed = armed.post("factors/recovery-codes").json()["recovery_codes"]
    armed.headers = {}
    body = {"challenge": armed.challenge()["challenge"], "code": armed.recovery_codes[0]}
    assert 403 == armed.post("sign-in/recovery", body).status_code
    assert 200 == armed.post("sign-in/recovery", {**body, "code": renewed[0]}).status_code


def test_without_a_factor_there_are_no_recovery_codes(person: Any) -> None:
    """They stand in for a factor."""
    one = person()
    one.sign_in()
    assert 409 == one.post("factors/recovery-codes").status_code


def test_an_administrator_resets_who_has_lost_everything(armed: Any, person: Any) -> None:
    """Factors and codes are gone, sessions end at the gateway, and the password is enough."""
    administrator = person("administrator")
    administrator.sign_in()
    body = {"challenge": armed.challenge()["challenge"], "code": armed.code()}
    armed.hold(armed.post("sign-in/totp", body).json())
    with contextlib.closing(_redis(armed)) as redis:
        session = f"groundplan:session:{armed.headers['x-groundplan-session']}"
        assert redis.exists(session)
        assert 204 == administrator.ask("DELETE", f"users/{armed.id}/factors").status_code
        assert not redis.exists(session)
    assert [] == armed.sql("SELECT FROM recovery_code WHERE user_id = $1", armed.id)
    assert "access_token" in armed.post("sign-in", _password(armed)).json()
    assert 1 == armed.refusals("factor.reset")


@pytest.mark.parametrize(("whose", "status"), [("own", 409), ("nobody's", 404)])
def test_a_reset_is_for_others_who_are_there(person: Any, whose: str, status: int) -> None:
    """One's own factors go one by one, and there is no one to reset who is not there."""
    administrator = person("administrator")
    administrator.sign_in()
    user = administrator.id if whose == "own" else str(uuid.uuid4())
    assert status == administrator.ask("DELETE", f"users/{user}/factors").status_code


def test_every_change_is_recorded_once(armed: Any) -> None:
    """Creating, renaming and removing a factor, a step-up and a refusal leave an event each."""
    body = {"challenge": armed.challenge()["challenge"], "code": armed.code()}
    armed.hold(armed.post("sign-in/totp", body).json())
    armed.post("step-up", {"method": "totp", "code": "000000"})
    armed.wait_for_a_new_code()
    armed.post("step-up", {"method": "totp", "code": armed.code()})
    (factor,) = armed.ask("GET", "factors").json()["items"]
    armed.ask("PATCH", f"factors/{factor['id']}", {"name": "Phone"})
    armed.ask("DELETE", f"factors/{factor['id']}")
    rows = armed.sql("SELECT action FROM audit.event WHERE actor = $1 ORDER BY id", armed.id)
    wanted = ["factor.create", "recovery_codes.create", "mfa.refused", "step_up.granted"]
    wanted += ["factor.update", "factor.delete"]
    kept = [row["action"] for row in rows if not row["action"].startswith(("sign_in", "request"))]
    assert wanted == kept


def _password(one: Any) -> dict[str, str]:
    return {"email": one.email, "password": one.password}


def _redis(one: Any) -> Any:
    return redis_client.from_url(one.stack.environment["REDIS_URL"])
