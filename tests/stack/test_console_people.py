"""People in a real browser: invited, let in by a second factor, asked anew before a change."""

import base64
import hmac
import re
from collections.abc import Iterator
from time import sleep, time

import pytest
from console_pages import executable, launched
from playwright.sync_api import Browser, Page, Route, expect
from stack import Stack
from steady import is_encrypted

PASSWORD = "marble otters 9 sing late"
STEP = 30
DUE = {
    "type": "about:blank",
    "title": "Forbidden",
    "status": 403,
    "code": "step_up_required",
    "detail": "prove it anew",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium from the machine."""
    if executable() is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    with launched() as started:
        yield started


@pytest.fixture
def page(browser: Browser, ready: Stack) -> Iterator[Page]:
    """A page in a profile of its own; nobody is signed in."""
    context = browser.new_context(ignore_https_errors=is_encrypted(), base_url=ready.url)
    yield context.new_page()
    context.close()


def _code(secret: str, ahead: int = 0) -> str:
    """Return what a code generator shows (RFC 6238), or will show, early in a half minute."""
    if time() % STEP > STEP - 5:
        sleep(STEP - time() % STEP)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, (int(time() // STEP) + ahead).to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def _send_password(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _enter(page: Page, ready: Stack) -> None:
    first = ready.credentials()
    _send_password(page, first["email"], first["password"])
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def _invite(page: Page, email: str) -> str:
    """Invite somebody as an administrator does, and return the link of the mail."""
    page.goto("/users")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(email)).to_be_visible()
    page.goto("/mails")
    page.get_by_text(f"to {email}").click(timeout=30_000)
    link = page.get_by_role("article").get_by_role("link").get_attribute("href")
    assert link is not None
    return link


def _set_up_code_generator(page: Page) -> tuple[str, str]:
    """Set a code generator up on the security page; return its key and a recovery code."""
    page.goto("/security")
    page.get_by_role("button", name="Add a code generator").click()
    dialog = page.get_by_role("dialog")
    key = dialog.get_by_text(re.compile("^Key: ")).inner_text().removeprefix("Key: ")
    secret = key.replace(" ", "")
    dialog.get_by_label("Code", exact=True).fill(_code(secret))
    dialog.get_by_role("button", name="Confirm").click()
    codes = dialog.get_by_role("listitem")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()
    dialog.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes left")).to_be_visible()
    return secret, recovery


def test_somebody_is_invited_and_signs_in_with_a_second_factor(page: Page, ready: Stack) -> None:
    """From the invitation to a sign-in with a code and one with a recovery code."""
    email = "console-guest@stack.example"
    _enter(page, ready)
    link = _invite(page, email)
    _sign_out(page)
    page.goto(link)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text(f"You can sign in as {email}")).to_be_visible()
    _send_password(page, email, PASSWORD)
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    secret, recovery = _set_up_code_generator(page)
    _sign_out(page)

    _send_password(page, email, PASSWORD)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(recovery.upper())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    _sign_out(page)

    _send_password(page, email, PASSWORD)
    # A code works once, and the one of now may have set the generator up; the next one is taken.
    page.get_by_label("Code", exact=True).fill(_code(secret, ahead=1))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()


def test_a_refused_call_is_repeated_once_it_is_proven(page: Page, ready: Stack) -> None:
    """A call that needs a fresh proof opens the question, and goes on by itself after it."""
    _enter(page, ready)
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if route.request.method == "POST" and not refused:
            refused.append(route.request.url)
            route.fulfill(status=403, content_type="application/problem+json", json=DUE)
        else:
            route.continue_()

    page.route("**/api/v1/identity/tokens", refuse_once)
    page.goto("/security")
    page.get_by_role("button", name="Create a token").click()
    page.get_by_label("Name").fill("made after a proof")
    page.get_by_role("button", name="Create", exact=True).click()
    question = page.get_by_role("dialog", name="Is it you?")
    question.get_by_label("Your password").fill(ready.credentials()["password"])
    question.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("textbox", name="API token")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("made after a proof")).to_be_visible()
    assert len(refused) == 1
