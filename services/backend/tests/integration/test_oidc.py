"""Sign-in at a provider: a real one on this machine, honest or lying as a test wants."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

_PREFIX = "/api/v1/identity/oidc"
_CLIENT = "groundplan"
_SECRET = "the client's secret"


class Provider:
    """An OpenID provider; `lies` changes the claims of its tokens, `header` their headers."""

    def __init__(self) -> None:
        self.keys = {"k1": rsa.generate_private_key(65537, 2048)}
        self.signing, self.kid = self.keys["k1"], "k1"
        self.lies: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.subject = "ada"
        self.codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                """Answer for discovery and keys."""
                self._answer(200, provider.document(urlsplit(self.path).path))

            def do_POST(self) -> None:
                """Trade a code for a token."""
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                token = provider.trade(form)
                self._answer(200 if token else 400, {"id_token": token} if token else {})

            def _answer(self, status: int, document: Any) -> None:
                raw = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def document(self, path: str) -> Any:
        """Return what stands at a path."""
        if path == "/keys":
            algorithm = jwt.algorithms.RSAAlgorithm
            keys = [
                {**algorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig"}
                for kid, key in self.keys.items()
            ]
            return {"keys": keys}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def sign_in(self, location: str) -> str:
        """Sign `subject` in, as a browser would that was sent here; return the code."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert ("code", "S256") == (query["response_type"], query["code_challenge_method"])
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return code

    def trade(self, form: dict[str, str]) -> str | None:
        """Return an ID token for a code, once, to who proves to have asked for it."""
        asked = self.codes.pop(form["code"], None)
        challenge = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        if asked is None or proof != asked["code_challenge"] or form["client_secret"] != _SECRET:
            return None
        now = int(time.time())
        claims: dict[str, Any] = {"iss": self.issuer, "aud": _CLIENT, "sub": self.subject}
        claims |= {"iat": now, "exp": now + 60, "nonce": asked["nonce"], **self.lies}
        claims = {name: value for name, value in claims.items() if value is not None}
        key = "" if self.algorithm == "none" else self.signing
        if self.algorithm == "HS256":
            key = "a" * 32
        return jwt.encode(claims, key, self.algorithm, headers={"kid": self.kid})


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider on this machine."""
    made = Provider()
    yield made
    made.server.shutdown()


@pytest.fixture(autouse=True)
def honest(provider: Provider) -> None:
    """Every test begins with a provider that does not lie."""
    provider.lies, provider.algorithm, provider.subject = {}, "RS256", "ada"
    provider.signing, provider.kid = provider.keys["k1"], "k1"


@pytest.fixture(scope="module")
def served(stack: Any, replica: Any, provider: Provider) -> Any:
    """A replica that knows the provider."""
    return stack.replica(
        OIDC_ISSUER=provider.issuer,
        OIDC_CLIENT_ID=_CLIENT,
        OIDC_CLIENT_SECRET=_SECRET,
        OIDC_NAME="The House",
    )


@pytest.fixture
def browser(served: Any) -> Iterator[httpx.Client]:
    """A browser with cookies of its own."""
    with served.client() as client:
        yield client


def _state(location: str) -> str:
    return parse_qs(urlsplit(location).query)["state"][0]


def _back(browser: httpx.Client, provider: Provider, location: str, **more: str) -> str:
    """Sign in at the provider and come back; return the page that the browser lands on."""
    query = {"code": provider.sign_in(location), "state": _state(location), "iss": provider.issuer}
    answer = browser.get(f"{_PREFIX}/callback", params={**query, **more})
    assert 303 == answer.status_code, answer.text
    return str(answer.headers["location"])


def _start(browser: httpx.Client) -> str:
    return str(browser.post(f"{_PREFIX}/start").json()["location"])


def _link(served: Any, provider: Provider, email: str, subject: str) -> str:
    """Link a user to a subject; return the page that the browser lands on."""
    provider.subject = subject
    with served.client(served.signed_in(email)) as client:
        location = client.post(f"{_PREFIX}/links").json()["location"]
        return _back(client, provider, location)


@pytest.fixture(scope="module")
def linked(served: Any, provider: Provider) -> None:
    """The operator is `ada` at the provider."""
    assert "/security?oidc=linked" == _link(served, provider, "operator@groundplan.example", "ada")


def test_without_a_provider_there_is_none(replica: Any) -> None:
    """It is off until one is set."""
    with replica.client() as client:
        found = client.get(f"{_PREFIX}/provider").json()
        assert {"enabled": False, "name": None} == found
        assert 404 == client.post(f"{_PREFIX}/start").status_code
        assert 404 == client.get(f"{_PREFIX}/callback").status_code


@pytest.mark.usefixtures("linked")
def test_who_is_linked_signs_in(browser: httpx.Client, provider: Provider) -> None:
    """The browser comes home with a refresh cookie, and its session is the linked user's."""
    assert "The House" == browser.get(f"{_PREFIX}/provider").json()["name"]
    assert "/" == _back(browser, provider, _start(browser))
    session = browser.post("/api/v1/identity/refresh")
    assert (200, "operator") == (session.status_code, session.json()["user"]["role"])


@pytest.mark.usefixtures("linked")
def test_a_state_works_once_in_its_own_browser(
    served: Any, browser: httpx.Client, provider: Provider
) -> None:
    """Neither another browser, nor a second visit, nor a made-up state gets a session."""
    location = _start(browser)
    with served.client() as other:
        assert "/sign-in?oidc=ended" == _back(other, provider, location)
        _start(other)
        assert "/sign-in?oidc=ended" == _back(other, provider, location)
    assert "/" == _back(browser, provider, location)
    assert "/sign-in?oidc=ended" == _back(browser, provider, location)
    assert "/sign-in?oidc=ended" == _back(browser, provider, _start(browser), state="x" * 43)
    assert (
        "/sign-in?oidc=refused"
        == browser.get(
            f"{_PREFIX}/callback",
            params={"error": "access_denied", "state": _state(_start(browser))},
        ).headers["location"]
    )


@pytest.mark.usefixtures("linked")
def test_of_ten_returns_with_one_state_one_signs_in(
    browser: httpx.Client, provider: Provider
) -> None:
    """Once, in parallel too."""
    location = _start(browser)
    cookies = {"cookie": "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)}
    codes = [provider.sign_in(location) for _ in range(10)]

    def come(code: str) -> str:
        with httpx.Client(base_url=browser.base_url, headers=cookies) as client:
            query = {"code": code, "state": _state(location)}
            return str(client.get(f"{_PREFIX}/callback", params=query).headers["location"])

    with ThreadPoolExecutor(10) as threads:
        assert 1 == list(threads.map(come, codes)).count("/")


_LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "another client": {"aud": "someone"},
    "several clients, none named": {"aud": [_CLIENT, "someone"]},
    "named for another": {"aud": [_CLIENT, "someone"], "azp": "someone"},
    "expired": {"exp": int(time.time()) - 600},
    "no end": {"exp": None},
    "issued tomorrow": {"iat": int(time.time()) + 86400},
    "another nonce": {"nonce": "replayed"},
    "no nonce": {"nonce": None},
    "nobody": {"sub": ""},
    "a number": {"sub": 7},
    "too long": {"sub": "x" * 256},
}


@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize("lie", _LIES)
def test_a_token_that_does_not_hold_signs_nobody_in(
    browser: httpx.Client, provider: Provider, lie: str
) -> None:
    """Every claim that protects is looked at."""
    provider.lies = _LIES[lie]
    assert "/sign-in?oidc=failed" == _back(browser, provider, _start(browser))
    assert 401 == browser.post("/api/v1/identity/refresh").status_code


@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize("how", ["none", "HS256", "unknown key", "another's key"])
def test_a_token_that_is_not_signed_signs_nobody_in(
    browser: httpx.Client, provider: Provider, how: str
) -> None:
    """Only the provider's published keys and asymmetric algorithms count."""
    if how in ("none", "HS256"):
        provider.algorithm = how
    else:
        provider.signing = rsa.generate_private_key(65537, 2048)
        provider.kid = "k9" if how == "unknown key" else "k1"
    assert "/sign-in?oidc=failed" == _back(browser, provider, _start(browser))


def test_nobody_is_linked_by_his_address(browser: httpx.Client, provider: Provider) -> None:
    """A verified address of an administrator opens nothing to who is not linked."""
    provider.subject = "mallory"
    provider.lies = {"email": "administrator@groundplan.example", "email_verified": True}
    assert "/sign-in?oidc=unknown" == _back(browser, provider, _start(browser))


@pytest.mark.usefixtures("linked")
def test_a_link_belongs_to_one_user(served: Any, provider: Provider) -> None:
    """Neither side can be linked twice."""
    taken = _link(served, provider, "viewer@groundplan.example", "ada")
    again = _link(served, provider, "operator@groundplan.example", "grace")
    assert ["/security?oidc=taken"] * 2 == [taken, again]


async def test_a_disabled_user_does_not_come_in_this_way(
    stack: Any, served: Any, browser: httpx.Client, provider: Provider
) -> None:
    """A link opens no more than its user may; without the link it is closed again."""
    assert "/security?oidc=linked" == _link(served, provider, "viewer@groundplan.example", "grace")
    who = "WHERE email = 'viewer@groundplan.example'"
    await stack.fetch(f"UPDATE users SET disabled = true {who}")
    assert "/sign-in?oidc=unknown" == _back(browser, provider, _start(browser))
    await stack.fetch(f"UPDATE users SET disabled = false {who}")
    assert "/" == _back(browser, provider, _start(browser))
    with served.client(served.signed_in("viewer@groundplan.example")) as client:
        (link,) = client.get(f"{_PREFIX}/links").json()["items"]
        assert ("grace", None) == (link["subject"], link["email"])
        assert 204 == client.delete(f"{_PREFIX}/links").status_code
        assert 404 == client.delete(f"{_PREFIX}/links").status_code
    assert "/sign-in?oidc=unknown" == _back(browser, provider, _start(browser))


async def test_a_second_factor_stays_due(
    stack: Any, served: Any, browser: httpx.Client, provider: Provider
) -> None:
    """Who has a factor here brings it here, whatever the provider asked for."""
    assert "/security?oidc=linked" == _link(
        served, provider, "administrator@groundplan.example", "root"
    )
    await stack.fetch(
        "INSERT INTO factor (id, user_id, kind, name, sealed, counter)"
        " SELECT gen_random_uuid(), id, 'totp', 'phone', '', 0 FROM users"
        " WHERE email = 'administrator@groundplan.example'"
    )
    page = _back(browser, provider, _start(browser))
    await stack.fetch("DELETE FROM factor")
    due = json.loads(parse_qs(urlsplit(page).fragment)["mfa"][0])
    assert ("/sign-in", ["totp"], False) == (urlsplit(page).path, due["methods"], due["enrol"])
    assert 401 == browser.post("/api/v1/identity/refresh").status_code
