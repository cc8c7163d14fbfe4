"""The console in a real browser: sign in, the picture, sessions, no serious fault for anyone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from stack import PASSWORD, People, Stack, sign_in
from steady import is_encrypted

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = {"phone": 360, "tablet": 820, "desktop": 1440}
PAGES = ("/", "/services", "/services/backend", "/environments", "/cost", "/sessions", "/users")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium from the machine."""
    found = next((path for path in CHROMIUM if Path(path).exists()), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, signed_in: People, ready: Stack) -> Iterator[Page]:
    """A signed-in administrator's page, in a profile of its own."""
    context = browser.new_context(
        ignore_https_errors=is_encrypted(),
        base_url=ready.url,
        viewport={"width": 1440, "height": 900},
    )
    opened = context.new_page()
    first = ready.credentials()
    _sign_in(opened, first["email"], first["password"])
    yield opened
    context.close()


def _sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)


def test_a_wrong_password_is_told(browser: Browser, ready: Stack) -> None:
    """Signing in with a wrong password says so and stays on the page."""
    context = browser.new_context(ignore_https_errors=is_encrypted(), base_url=ready.url)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Email").fill("viewer@stack.example")
    page.get_by_label("Password", exact=True).fill("not the password at all")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.close()


def test_the_picture_shows_every_service_and_its_replicas(page: Page) -> None:
    """The overview draws each component of the platform; one opens to show its replicas."""
    for name in ("frontend", "gateway", "authz", "backend", "database", "cache", "orders"):
        expect(page.get_by_role("button", name=name).first).to_be_visible()
    page.get_by_role("button", name="backend").first.click()
    expect(page.get_by_text("ready").first).to_be_visible()


def test_a_revoked_session_is_signed_out(browser: Browser, page: Page, ready: Stack) -> None:
    """A session revoked on the sessions page can do nothing any more."""
    first = ready.credentials()
    other = sign_in(ready.url, first["email"], first["password"])
    page.goto("/sessions")
    rows = page.get_by_role("button", name="Revoke")
    expect(rows.first).to_be_visible()
    before = rows.count()
    rows.first.click()
    confirm = page.get_by_role("dialog").get_by_role("button", name="Revoke")
    if confirm.count():
        confirm.click()
    expect(rows).to_have_count(before - 1)
    assert other


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault(page: Page, width: str, scheme: str) -> None:
    """axe finds nothing serious on any page; nothing is wider than the window."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    for path in PAGES:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        found = [
            f"{path}: {fault['id']} {fault['nodes'][0]['target']}"
            for fault in Axe().run(page).response["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
        assert [] == found
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]


def test_axe_notices_a_fault(page: Page) -> None:
    """Negative control: a button without a name is found."""
    page.goto("about:blank")
    page.set_content("<html lang='en'><title>t</title><main><button></button></main></html>")
    assert any(
        fault["impact"] in ("serious", "critical")
        for fault in Axe().run(page).response["violations"]
    )


def test_nothing_breaks_the_content_security_policy(page: Page) -> None:
    """No page makes the browser complain in its console or ask another origin."""
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert [] == complaints


def test_the_keyboard_is_enough_to_sign_in(
    browser: Browser, ready: Stack, signed_in: People
) -> None:
    """Tab, type and Enter lead into the console."""
    context = browser.new_context(ignore_https_errors=is_encrypted(), base_url=ready.url)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Email").focus()
    page.keyboard.type("viewer@stack.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)
    context.close()
