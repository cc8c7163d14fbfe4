"""Passkeys: what their answers must hold, and what strangers may send instead."""

import contextlib
import random
import uuid
from typing import Any

import msgspec
import pytest

from groundplan_backend.errors import InvalidProof
from groundplan_backend.identity.factors.passkey_schemas import NewPasskey, PasskeyAnswer
from groundplan_backend.identity.factors.passkeys import Passkeys


@pytest.mark.parametrize(
    "how", ["origin", "challenge", "type", "signature", "replay", "stranger", "other name"]
)
def test_a_passkeys_answer_must_hold_in_all(person: Any, authenticator: Any, how: str) -> None:
    """Another origin, challenge, purpose, signature, count, key or name begins no session."""
    one, passkey = person(), authenticator()
    one.sign_in()
    one.enrol_passkey(passkey)
    due = one.challenge()
    options = due["passkey"]
    if how in ("origin", "challenge", "type"):
        wrong = {"origin": "https://evil.example", "challenge": "AAAA", "type": "webauthn.create"}
        credential = passkey.get(options, **{how: wrong[how]})
    elif how == "other name":
        credential = passkey.get({**options, "rpId": "evil.example"})
    elif how == "replay":
        passkey.get(options)
        passkey.uses = -1
        credential = passkey.get(options)
        one.sql("UPDATE factor SET counter = 7 WHERE user_id = $1", one.id)
    elif how == "stranger":
        stranger = authenticator()
        stranger.id = passkey.id
        credential = stranger.get(options)
    else:
        credential = passkey.get(options)
        credential["signature"] = credential["signature"][:-8] + "AAAAAAAA"
    body = {"challenge": due["challenge"], "credential": credential}
    answer = one.post("sign-in/passkey", body)
    assert (403, "invalid_proof") == (answer.status_code, answer.json()["code"])
    body["credential"] = passkey.get(options)
    passkey.uses = 10
    body["credential"] = passkey.get(options)
    assert 200 == one.post("sign-in/passkey", body).status_code


def test_nobody_signs_in_with_anothers_passkey(person: Any, authenticator: Any) -> None:
    """A passkey proves whom it belongs to, not somebody."""
    mallory, ada = person(), person()
    keys = {mallory.id: authenticator(), ada.id: authenticator()}
    for one in (mallory, ada):
        one.sign_in()
        assert 201 == one.enrol_passkey(keys[one.id]).status_code
    due = ada.challenge()
    body = {"challenge": due["challenge"], "credential": keys[mallory.id].get(due["passkey"])}
    assert 403 == ada.post("sign-in/passkey", body).status_code


@pytest.mark.parametrize(
    ("public_url", "origin", "name"),
    [
        ("http://127.0.0.1:8080", "http://localhost:8080", "localhost"),
        ("http://[::1]:8080", "http://localhost:8080", "localhost"),
        ("https://groundplan.example", "https://groundplan.example", "groundplan.example"),
        (
            "https://groundplan.example:8443/",
            "https://groundplan.example:8443",
            "groundplan.example",
        ),
    ],
)
def test_a_passkey_belongs_to_the_name_of_the_public_url(
    public_url: str, origin: str, name: str
) -> None:
    """An address is no name to browsers, so on one machine it is `localhost`."""
    browser = Passkeys(public_url, "groundplan")
    assert (origin, name) == (browser.origin, browser.request(b"asked", []).rp_id)


def test_a_passkey_that_was_made_answers(authenticator: Any) -> None:
    """Its key, kept as it was made, verifies what it signs, and its count goes on."""
    browser, passkey = Passkeys("http://127.0.0.1:8080", "groundplan"), authenticator()
    options = browser.creation(b"make one", uuid.uuid4(), "ada@groundplan.example", [])
    given = msgspec.convert(passkey.create(msgspec.to_builtins(options)), NewPasskey)
    made = browser.made(b"make one", given)
    assert (passkey.id, 0) == (made.credential, made.counter)
    asked = msgspec.to_builtins(browser.request(b"answer", []))
    answer = msgspec.convert(passkey.get(asked), PasskeyAnswer)
    assert 1 == browser.counted(b"answer", answer, made.public_key, made.counter)
    with pytest.raises(InvalidProof):
        browser.counted(b"answer", answer, made.public_key, 1)


@pytest.mark.parametrize("member", ["client_data", "attestation", "id"])
def test_whatever_strangers_send_is_refused(authenticator: Any, member: str) -> None:
    """Cut, flipped and foreign bytes end in a refusal and never in a fault of ours."""
    browser, passkey = Passkeys("http://127.0.0.1:8080", "groundplan"), authenticator()
    options = browser.creation(b"make one", uuid.uuid4(), "ada@groundplan.example", [])
    created = passkey.create(msgspec.to_builtins(options))
    chance = random.Random(6238)
    right = created[member]
    for _ in range(60):
        at = chance.randrange(len(right))
        changed = chance.choice([right[:at], right[:at] + "A" + right[at:], "AAAA", right[::-1]])
        if changed == right or not changed:
            continue
        given = msgspec.convert({**created, member: changed}, NewPasskey)
        if member == "attestation":  # nobody signs it: other bytes may be another passkey
            with contextlib.suppress(InvalidProof):
                browser.made(b"make one", given)
            continue
        with pytest.raises(InvalidProof):
            browser.made(b"make one", given)
