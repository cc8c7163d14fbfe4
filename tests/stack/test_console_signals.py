"""Signals in a real browser: a visit is one trace, its lines lead to it, and back."""

import re
import secrets
from collections.abc import Iterator
from time import monotonic, sleep

import httpx
import pytest
from console_pages import drawn, executable, go, launched, remember_sign_in
from patient import patient
from playwright.sync_api import Browser, Page, Route, expect
from stack import People, Stack
from steady import is_encrypted

PASSED = {"frontend", "gateway", "authz", "backend"}
"""Who sends a span of a request that a person makes."""
SOON = 20.0
"""Seconds for all spans of a request to be kept, whatever else the machine does."""
VISITS = 3
UNREAD = "Signals cannot be read now"
AWAY = {
    "type": "about:blank",
    "title": "Service Unavailable",
    "status": 503,
    "code": "telemetry_unavailable",
    "detail": "no answer within 1.8 s",
}
OF_SIGNALS = ("/traces", "/traces?view=graph", "/logs", "/metrics", "/objectives", "/alerts")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium from the machine."""
    if executable() is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    with launched() as started:
        yield started


@pytest.fixture
def page(browser: Browser, ready: Stack) -> Iterator[Page]:
    """A signed-in administrator's page, in a profile of its own."""
    first = ready.credentials()
    with browser.new_context(ignore_https_errors=is_encrypted(), base_url=ready.url) as context:
        remember_sign_in(context, ready.url, first["email"], first["password"])
        yield context.new_page()


def _visit(page: Page, path: str, asked: str) -> str:
    """Go to a page; return the trace that its browser began for what the page asks."""
    with page.expect_request(re.compile(asked)) as found:
        page.goto(path)
    version, trace, _, flags = found.value.headers["traceparent"].split("-")
    assert ("00", "01") == (version, flags)
    return trace


@pytest.fixture
def viewer(ready: Stack, signed_in: People) -> Iterator[httpx.Client]:
    """A viewer who asks the platform for its signals."""
    url = f"{ready.url}/api/v1/telemetry/"
    with patient(url, headers=signed_in.headers("viewer")) as client:
        yield client


def _is_kept(viewer: httpx.Client, trace: str) -> bool:
    """Tell whether everybody's spans of a trace, and lines that name it, can be read."""
    end = monotonic() + SOON
    while monotonic() < end:
        sleep(0.2)
        spans, lines = viewer.get(f"traces/{trace}"), viewer.get(f"logs?trace_id={trace}")
        if spans.is_success and lines.is_success and lines.json()["items"]:
            services = {span["service"] for span in spans.json()["spans"]}
            if services >= PASSED:
                return True
    return False


def _kept(page: Page, viewer: httpx.Client) -> str:
    """Visit a service; return the trace. One whose spans a full queue lost is no trace to show."""
    for _ in range(VISITS):
        trace = _visit(page, "/services/backend", r"/catalog/services/backend$")
        if _is_kept(viewer, trace):
            return trace
    raise AssertionError(f"none of {VISITS} visits was told of by {sorted(PASSED)} and in lines")


def test_a_visit_is_one_trace(page: Page, viewer: httpx.Client) -> None:
    """What a person does is found in the console with a step of everybody on the way."""
    trace = _kept(page, viewer)
    page.goto(f"/traces/{trace}")
    steps = page.get_by_role("list", name="Steps")
    for service in PASSED:
        expect(steps.get_by_text(service, exact=True).first).to_be_visible()


def test_a_line_leads_to_its_trace_and_back(page: Page, viewer: httpx.Client) -> None:
    """From a log line to the trace that wrote it, and from the trace to all of its lines."""
    trace = _kept(page, viewer)
    page.goto(f"/logs?trace={trace}")
    page.get_by_role("link", name="Trace", exact=True).first.click()
    expect(page).to_have_url(re.compile(f"/traces/{trace}"))
    # Others may have a button of that name too, such as the hint above the page.
    drawer = page.get_by_label("One step", exact=True)
    drawer.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("link", name="Open in logs").click()
    expect(page).to_have_url(re.compile(f"/logs.*trace={trace}"))
    expect(page.get_by_role("list", name="Log lines").get_by_role("listitem")).not_to_have_count(0)


def test_new_lines_come_by_themselves(page: Page, ready: Stack, signed_in: People) -> None:
    """Who follows the logs sees a line seconds after it was written, without doing anything."""
    name = f"nothing-{secrets.token_hex(4)}"
    page.goto("/logs?follow=on&service=backend")
    expect(page.get_by_text("New lines come on top by themselves.")).to_be_visible()
    drawn(page)
    url = f"{ready.url}/api/v1/catalog/services/{name}"
    httpx.get(url, headers=signed_in.headers("viewer"))
    expect(page.get_by_text(name).first).to_be_visible(timeout=SOON * 1000)


def test_a_trace_that_is_not_there_is_told(page: Page) -> None:
    """An unknown trace is no fault, and the page says why there may be none."""
    page.goto(f"/traces/{secrets.token_hex(16)}")
    expect(page.get_by_text("There is no such trace")).to_be_visible()


def _away(route: Route) -> None:
    route.fulfill(status=503, content_type="application/problem+json", json=AWAY)


def test_without_signals_the_console_goes_on(page: Page) -> None:
    """While telemetry is away its pages say so, and the picture is drawn all the same."""
    page.context.route("**/api/v1/telemetry/**", _away)
    page.goto("/services")
    for path in OF_SIGNALS:
        go(page, path)
        expect(page.get_by_text(UNREAD).first).to_be_visible()
    go(page, "/")
    expect(page.get_by_role("button", name="backend").first).to_be_visible()


def test_signals_that_are_there_are_shown(page: Page) -> None:
    """Negative control: where telemetry answers, no page says that it does not.

    A search may take too long for once, not at each of some visits.
    """
    page.goto("/services")
    for path in OF_SIGNALS:
        assert any(_is_read(page, path) for _ in range(VISITS)), path


def _is_read(page: Page, path: str) -> bool:
    go(page, "/services")
    go(page, path)
    return page.get_by_text(UNREAD).count() == 0
