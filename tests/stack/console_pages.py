"""The console's pages as a browser sees them: which there are, how wide, and when one is drawn.

Shared by the tests of the console and by the script that takes its pictures.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any, Final

from patient import PAUSES, is_undecided
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM: Final = (
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
)
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SCHEMES: Final = ("light", "dark")
PAGES: Final = (
    "/",
    "/services",
    "/services/backend",
    "/environments",
    "/releases",
    "/deployments",
    "/deployments/webhooks",
    "/artifacts",
    "/cost",
    "/traces",
    "/traces?view=graph",
    "/logs",
    "/metrics",
    "/metrics/backend",
    "/objectives",
    "/alerts",
    "/alerts/channels",
    "/runbooks",
    "/runbooks/CacheDown",
    "/security",
    "/sessions",
    "/users",
    "/audit",
    "/mails",
)
"""The pages whose addresses are always the same."""
PATIENCE: Final = 20.0
"""Seconds in which a page shows what it must, whatever else the machine does."""
_GO: Final = """async ([path, patience]) => {
  const title = document.querySelector('h1'), before = location.pathname;
  const until = performance.now() + 1000 * patience;
  const frame = () => new Promise(requestAnimationFrame);
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
  await frame();
  await frame();
  // The old page stands until there is time to draw the new one.
  while (location.pathname !== before && title?.isConnected) {
    if (performance.now() > until) throw new Error(`${before} still stands in place of ${path}`);
    await frame();
  }
}"""
expect.set_options(timeout=PATIENCE * 1000)


def executable() -> str | None:
    """Return this machine's Chromium, or None."""
    return next((path for path in CHROMIUM if Path(path).exists()), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """Run a headless Chromium for the block; `executable` has said that there is one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=QUIET)
        yield browser
        browser.close()


def remember_sign_in(context: BrowserContext, url: str, email: str, password: str) -> None:
    """Give a browser's profile a session, so that the console takes it up."""
    words = {"email": email, "password": password}
    for pause in (0, *PAUSES):
        sleep(pause)
        answer = context.request.post(f"{url}/api/v1/identity/sign-in", data=words)
        if not is_undecided(answer.status, answer.body()):
            break
    assert answer.ok, answer.text()
    context.add_init_script("localStorage.setItem('groundplan-signed-in', '1')")


def go(page: Page, path: str) -> None:
    """Go to another page of the console without loading it anew, and wait until it is drawn."""
    page.evaluate(_GO, [path, PATIENCE])
    drawn(page)


_STILL = """() => Promise.all(document.getAnimations()
  .filter(each => each.effect?.getComputedTiming().endTime !== Infinity)
  .map(each => each.finished.catch(() => null))).then(() => true)"""


def drawn(page: Page) -> None:
    """Wait until a page has its title, nothing on it is still coming, and nothing moves."""
    expect(page.locator("h1").first).not_to_be_empty()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    page.evaluate("document.fonts.ready")
    page.evaluate(_STILL)


def emptied(context: BrowserContext) -> None:
    """Let every list that grows with use answer that nothing is there."""

    def answer(route: Any) -> None:
        found = route.fetch()
        kind = found.headers.get("content-type", "")
        if found.ok and "json" in kind and isinstance(found.json(), dict):
            body = found.json()
            empty = {**body, "items": [], "next": None} if "items" in body else body
            route.fulfill(response=found, json=empty)
        else:
            route.fulfill(response=found)

    for lists in ("delivery/!(events)*", "delivery/webhooks*", "artifacts*", "audit/events*"):
        context.route(f"**/api/v1/{lists}", answer)
    for lists in ("users*", "invitations*", "service-identities*", "tokens*", "factors*"):
        context.route(f"**/api/v1/identity/{lists}", answer)
    for lists in ("telemetry/*", "incidents*", "incidents/channels*"):
        context.route(f"**/api/v1/{lists}", answer)
    context.route("**/api/v1/mails*", answer)
