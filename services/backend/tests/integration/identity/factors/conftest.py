"""A passkey in software, and people with factors."""

import asyncio
import base64
import hashlib
import json
import struct
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cbor2
import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from groundplan_backend.identity.factors import totp

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """Makes one P-256 key and signs with it what a browser at `origin` would."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.id = uuid.uuid4().bytes
        self.uses = 0
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        point = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big")}
        public[-3] = point.y.to_bytes(32, "big")
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(public)
        data = self._data(options["rp"]["id"], _ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return {
            "id": _text(self.id),
            "client_data": _text(self._client_data("webauthn.create", options)),
            "attestation": _text(attestation),
            "transports": ["internal"],
        }

    def get(self, options: dict[str, Any], **changed: str) -> dict[str, Any]:
        """Answer `navigator.credentials.get`; `changed` are members of the client data."""
        self.uses += 1
        data = self._data(options["rpId"], 0)
        client_data = self._client_data("webauthn.get", options, **changed)
        signed = data + hashlib.sha256(client_data).digest()
        return {
            "id": _text(self.id),
            "client_data": _text(client_data),
            "authenticator_data": _text(data),
            "signature": _text(self._key.sign(signed, ec.ECDSA(hashes.SHA256()))),
        }

    def _data(self, name: str, flags: int) -> bytes:
        flags |= _PRESENT | _VERIFIED
        return hashlib.sha256(name.encode()).digest() + struct.pack(">BI", flags, self.uses)

    def _client_data(self, kind: str, options: dict[str, Any], **changed: str) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps({**said, **changed}).encode()


@dataclass
class Person:
    """Somebody with an account, as his browser and his telephone see it."""

    replica: Any
    stack: Any
    email: str
    id: str
    password: str
    secret: bytes = b""
    recovery_codes: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Post below /api/v1/identity, signed in where there is a session."""
        with self.replica.client({**self.headers, **headers}) as client:
            return client.post(f"/api/v1/identity/{path}", json=body)

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Ask below /api/v1/identity."""
        with self.replica.client(self.headers) as client:
            return client.request(method, f"/api/v1/identity/{path}", json=body)

    def challenge(self) -> dict[str, Any]:
        """Sign in with the password and return what is then due."""
        answer = self.post("sign-in", {"email": self.email, "password": self.password})
        assert answer.status_code == 200, answer.text
        due: dict[str, Any] = answer.json()["mfa"]
        return due

    def code(self, later: int = 0) -> str:
        """Return the code that is shown now, or some steps later; its step goes on a while."""
        while time.time() % totp.STEP > totp.STEP - 2:
            time.sleep(0.1)
        return totp.code(self.secret, int(time.time()) // totp.STEP + later)

    def wait_for_a_new_code(self) -> None:
        """Let codes that were used be good again, as half a minute would."""
        self.sql("UPDATE factor SET counter = 0 WHERE user_id = $1 AND kind = 'totp'", self.id)

    def sql(self, statement: str, *arguments: object) -> list[Any]:
        """Run a statement past the backend."""
        found: list[Any] = asyncio.run(self.stack.fetch(statement, *arguments))
        return found

    def refusals(self, action: str = "mfa.refused") -> int:
        """Return how many proofs of this person were looked at and found wrong."""
        (row,) = self.sql(
            "SELECT count(*) FROM audit.event WHERE target = $1 AND action = $2", self.id, action
        )
        return int(row["count"])

    def hold(self, signed_in: dict[str, Any]) -> None:
        """Call with the token of this answer from now on."""
        claims = jwt.decode(signed_in["access_token"], options={"verify_signature": False})
        self.headers = self.replica.as_caller(claims["role"], claims["sub"], claims["sid"])

    def sign_in(self) -> None:
        """Sign in with the password alone."""
        answer = self.post("sign-in", {"email": self.email, "password": self.password})
        self.hold(answer.json())

    def enrol_totp(self) -> dict[str, Any]:
        """Set up a code generator and return the factor; codes may be used again at once."""
        begun = self.post("factors/totp").json()
        self.secret = base64.b32decode(begun["secret"])
        body = {"enrolment": begun["enrolment"], "code": self.code()}
        answer = self.post("factors/totp/confirm", body)
        assert answer.status_code == 201, answer.text
        self.recovery_codes = answer.json()["recovery_codes"] or self.recovery_codes
        self.wait_for_a_new_code()
        factor: dict[str, Any] = answer.json()["factor"]
        return factor

    def enrol_passkey(self, authenticator: Authenticator) -> httpx.Response:
        """Make a passkey."""
        begun = self.post("factors/passkey").json()
        credential = authenticator.create(begun["options"])
        body = {"enrolment": begun["enrolment"], "credential": credential, "name": "Key"}
        return self.post("factors/passkey/confirm", body)


@pytest.fixture
def authenticator(replica: Any) -> Callable[..., Authenticator]:
    """Make passkeys for the replica's public URL, or for another origin."""
    return lambda origin="http://localhost:8080": Authenticator(origin)


@pytest.fixture
def person(stack: Any, replica: Any, password: str) -> Callable[..., Person]:
    """Make somebody without factors; `at` is the replica that he uses."""

    def make(role: str = "operator", at: Any = None) -> Person:
        administrator = replica.signed_in("administrator@groundplan.example")
        email = f"{uuid.uuid4().hex[:12]}@groundplan.example"
        with replica.client(administrator) as client:
            new = {"email": email, "password": password, "role": role}
            answer = client.post("/api/v1/identity/users", json=new)
        assert answer.status_code == 201, answer.text
        return Person(at or replica, stack, email, answer.json()["id"], password)

    return make


@pytest.fixture
def armed(person: Any) -> Person:
    """Somebody with a code generator, who is signed out."""
    made: Person = person()
    made.sign_in()
    made.enrol_totp()
    made.headers = {}
    return made
