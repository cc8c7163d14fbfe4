"""A passkey in a real browser: made and used through the frontend and the gateway."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from patient import patient
from playwright.sync_api import Page, sync_playwright
from stack import PASSWORD, People, Stack
from steady import is_encrypted

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
IDENTITY = "/api/v1/identity"
EMAIL = "viewer@stack.example"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
TEXT = """
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
"""
CREATE = f"""async (options) => {{ {TEXT}
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await navigator.credentials.create({{publicKey}});
  return {{
    id: made.id,
    client_data: text(made.response.clientDataJSON),
    attestation: text(made.response.attestationObject),
    transports: made.response.getTransports(),
  }};
}}"""
GET = f"""async (options) => {{ {TEXT}
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const answer = await navigator.credentials.get({{publicKey}});
  return {{
    id: answer.id,
    client_data: text(answer.response.clientDataJSON),
    authenticator_data: text(answer.response.authenticatorData),
    signature: text(answer.response.signature),
  }};
}}"""


@pytest.fixture
def page(ready: Stack) -> Iterator[Page]:
    """A page of the platform, at the name that passkeys belong to, with an authenticator."""
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    if is_encrypted():
        pytest.skip("browsers make passkeys only where they believe the certificate")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        opened = browser.new_page()
        session = opened.context.new_cdp_session(opened)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        opened.goto(ready.url.replace("127.0.0.1", "localhost"))
        yield opened
        browser.close()


def _sign_in(client: httpx.Client) -> dict[str, Any]:
    words = {"email": EMAIL, "password": PASSWORD, "delivery": "body"}
    answer: dict[str, Any] = client.post("/sign-in", json=words).raise_for_status().json()
    return answer


def test_a_passkey_of_a_browser_is_a_second_factor(
    page: Page, ready: Stack, signed_in: People
) -> None:
    """What Chromium makes is kept, what it signs begins the session, and it can be removed."""
    with patient(ready.url + IDENTITY, timeout=30) as client:
        client.headers["authorization"] = f"Bearer {_sign_in(client)['access_token']}"
        begun = client.post("/factors/passkey").raise_for_status().json()
        credential = page.evaluate(CREATE, begun["options"])
        body = {"enrolment": begun["enrolment"], "credential": credential, "name": "Chromium"}
        assert 201 == client.post("/factors/passkey/confirm", json=body).status_code

        due = _sign_in(client)["mfa"]
        assert ["passkey", "recovery"] == due["methods"]
        body = {"challenge": due["challenge"], "credential": page.evaluate(GET, due["passkey"])}
        signed = client.post("/sign-in/passkey", json={**body, "delivery": "body"})
        assert 200 == signed.status_code, signed.text

        client.headers["authorization"] = f"Bearer {signed.json()['access_token']}"
        (factor,) = client.get("/factors").json()["items"]
        assert 204 == client.delete(f"/factors/{factor['id']}").status_code
        assert "access_token" in _sign_in(client)
