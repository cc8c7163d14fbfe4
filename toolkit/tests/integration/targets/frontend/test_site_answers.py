"""What nginx answers: pages, assets, the API, errors, and the headers on all of them."""

import json
import re
from pathlib import Path

import pytest

from groundplan.loader import load
from groundplan.model.placement import in_kubernetes
from groundplan.runner.certificate import provide
from groundplan.targets import frontend

ROOT = Path(__file__).resolve().parents[5]
HEADERS = (
    "content-security-policy",
    "cache-control",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "x-request-id",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
)


def test_the_real_nginx_accepts_the_configuration(site, check_settings):
    """nginx finds no fault in what was rendered."""
    checked = check_settings(site.folder / "config/frontend-1/nginx.conf")
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr


def test_the_check_of_the_configuration_can_fail(site, check_settings):
    """The check above notices a directive that nginx does not know."""
    settings = Path(site.folder / "config/frontend-1/nginx.conf")
    settings.write_text(settings.read_text().replace("sendfile on;", "sendfily on;"))
    assert check_settings(settings).returncode != 0


@pytest.mark.parametrize("path", ["/", "/services/backend", "/sessions?x=1"])
def test_pages_of_the_application_come_from_index(site, path):
    """Every address without an ending is the application's own, asked for anew each time."""
    status, headers, body = site.ask(path)
    assert (status, b"console" in body) == (200, True)
    assert headers["cache-control"] == "no-cache"
    assert headers["etag"]


@pytest.mark.parametrize("path", ["/assets/gone-1.js", "/gone.svg", "/assets/", "/.git/config.js"])
def test_missing_files_are_missing(site, path):
    """A file that is not there is a 404, never the application in disguise, and is not kept."""
    status, headers, _ = site.ask(path)
    assert (status, headers["cache-control"]) == (404, "no-store")


def test_hashed_assets_are_kept_for_ever_and_compressed(site):
    """An asset's name changes with its content, so browsers need never ask again."""
    status, headers, body = site.ask("/assets/app-1a2b3c.js", accept_encoding="gzip")
    assert status == 200
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-encoding"] == "gzip"
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(body) < 400


def test_an_asset_that_is_known_is_not_sent_again(site):
    """Who has the file is told so, with the same permission to keep it."""
    _, first, _ = site.ask("/assets/app-1a2b3c.js")
    status, headers, body = site.ask("/assets/app-1a2b3c.js", if_none_match=first["etag"])
    assert (status, body) == (304, b"")
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "method", "expected"),
    [
        ("/", "GET", 200),
        ("/assets/none.js", "GET", 404),
        ("/", "POST", 405),
        ("/api/status/404", "GET", 404),
        ("/api/status/500", "GET", 500),
        ("/api/close", "POST", 502),
        ("/status.json", "GET", 200),
        ("/healthz/live", "GET", 200),
    ],
)
def test_every_answer_has_the_security_headers(site, path, method, expected):
    """Pages, files, the API's answers and nginx's own errors all carry each header once."""
    status, headers, _ = site.ask(path, method)
    assert status == expected
    assert [name for name in HEADERS if name not in headers] == []
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["server"] == "nginx"


def test_https_is_promised_only_where_it_is_spoken(make_site):
    """Strict-Transport-Security depends on the public address alone."""
    _, plain, _ = make_site().ask("/")
    _, secure, _ = make_site(public_url="https://groundplan.example").ask("/nothing.js")
    assert "strict-transport-security" not in plain
    assert secure["strict-transport-security"] == "max-age=63072000; includeSubDomains"


def test_the_policy_of_an_api_page_is_its_own(site):
    """Where the API sends a policy or says what may be kept, the edge adds nothing to it."""
    _, headers, _ = site.ask("/api/docs")
    assert headers["content-security-policy"] == "default-src 'self'"
    assert headers["cache-control"] == "public, max-age=60"


def test_errors_of_the_way_are_problems(site):
    """When no gateway answers, the API's callers still read problem+json with an id."""
    status, headers, body = site.ask("/api/close", "POST", x_request_id="abcdef-123456")
    assert (status, headers["content-type"]) == (502, "application/problem+json")
    problem = json.loads(body)
    assert (problem["code"], problem["request_id"]) == ("gateway_unavailable", "abcdef-123456")


def test_a_body_beyond_the_limit_is_refused(site):
    """The model's limit holds at the edge: the last byte within it passes, one more does not."""
    limit = 1 << 20
    assert site.ask("/api/echo", "POST", b"x" * limit)[0] == 200
    status, headers, body = site.ask("/api/echo", "POST", b"x" * (limit + 1))
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert json.loads(body)["code"] == "payload_too_large"


def test_forwarding_headers_of_a_caller_are_not_believed(site):
    """The gateway hears the address that nginx saw, whatever the caller claims."""
    _, _, body = site.ask(
        "/api/echo",
        X_Forwarded_For="10.1.1.1, 8.8.8.8",
        X_Real_IP="8.8.8.8",
        Forwarded="for=8.8.8.8",
        X_Forwarded_Proto="https",
        X_Forwarded_Host="evil.example",
    )
    told = json.loads(body)["headers"]
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "http"
    assert {"x-real-ip", "forwarded", "x-forwarded-host"}.isdisjoint(told)


@pytest.mark.parametrize(
    ("given", "kept"), [("0123456789abcdef", True), ("short", False), ("has spaces in it", False)]
)
def test_a_request_id_is_kept_when_it_is_one(site, given, kept):
    """A caller's id is passed on and answered; anything else is replaced by a new one."""
    _, headers, body = site.ask("/api/echo", x_request_id=given)
    told = json.loads(body)["headers"]["x-request-id"]
    assert (told == given) is kept
    assert headers["x-request-id"] == told
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,128}", told)


def test_the_public_state_is_never_kept(site):
    """The state of the platform is read from the run folder, each time."""
    status, headers, body = site.ask("/status.json")
    assert (status, json.loads(body)) == (200, {"state": "ready"})
    assert headers["cache-control"] == "no-store"


def test_a_site_that_is_not_built_says_so(site):
    """Without the console the API is still served, and readiness and the page tell the truth."""
    (site.folder / "site/index.html").unlink()
    status, _, body = site.ask("/")
    assert (status, b"not built" in body) == (503, True)
    assert site.ask("/healthz/live")[0] == 200
    assert site.ask("/healthz/ready")[0] == 503
    assert site.ask("/api/echo")[0] == 200


@pytest.mark.parametrize("encrypted", [True, False])
def test_the_real_nginx_accepts_the_configuration_of_a_cluster(
    tmp_path, check_settings, encrypted
):
    """What runs in Kubernetes is right too, but for names that only its DNS knows."""
    platform = load(ROOT / "platform.yaml", "prod")
    placement = in_kubernetes(
        platform.services,
        namespace="gp",
        domain=platform.domain,
        environment="dev",
        encrypted=encrypted,
    )
    provide(tmp_path, ["frontend"])
    file = frontend.render(platform, placement)[0]
    text = file.content.replace("gateway.gp.svc.cluster.local", "127.0.0.1")
    text = text.replace("/etc/groundplan/tls", str(tmp_path / "frontend"))
    settings = tmp_path / "nginx.conf"
    settings.write_text(text.replace(placement.run_folder, str(tmp_path)))
    checked = check_settings(settings)
    assert checked.returncode == 0, checked.stderr
