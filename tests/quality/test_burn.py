"""After a delivery the objectives are judged by what Prometheus counted, or left unjudged."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".github/scripts/burn.py"
RENDERED = (ROOT / "generated/prod/gateway/gateway/envoy.json").read_text()
LONG, SHORT = "5m", "1m"


class Counted:
    """What a Prometheus counted, by window: requests and errors a second, and milliseconds."""

    def __init__(self) -> None:
        self.requests = {LONG: 100.0, SHORT: 100.0}
        self.errors = {LONG: 0.0, SHORT: 0.0}
        self.p95 = {LONG: 40.0, SHORT: 40.0}
        self.address = ""
        self.asked: list[str] = []

    def answer(self, query: str) -> float | None:
        """Return the one number that a question has as its answer."""
        self.asked.append(query)
        window = re.findall(r"\[(\w+)\]", query)[0]
        if query.startswith("histogram_quantile(0.95"):
            return self.p95[window]
        if 'envoy_response_code_class="5"' in query:
            return self.errors[window]
        return self.requests[window] or None


@pytest.fixture
def counted() -> Iterator[Counted]:
    """Serve a Prometheus that answers by what a test has it count."""
    numbers = Counted()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = numbers.answer(parse_qs(urlsplit(self.path).query)["query"][0])
            series = [] if number is None else [{"metric": {}, "value": [0, str(number)]}]
            body = json.dumps({"status": "success", "data": {"result": series}}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    numbers.address = f"http://127.0.0.1:{server.server_port}"
    yield numbers
    server.shutdown()
    server.server_close()


def burn(address: str, *words: str) -> tuple[int, str]:
    """Return the exit code and what was said after one look."""
    done = subprocess.run(
        [sys.executable, SCRIPT, "prod", "--prometheus", address, "--seconds", "0", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_objectives_that_hold_are_said_to_hold(counted: Counted) -> None:
    """A few errors within the budget, and answers in time, are no reason to go back."""
    counted.errors = {LONG: 0.05, SHORT: 0.05}
    code, said = burn(counted.address)
    assert (0, True) == (code, "the objectives hold" in said)


def test_errors_that_use_up_the_budget_burn(counted: Counted) -> None:
    """Two of a hundred where one of a thousand is promised: 20 times too fast."""
    counted.errors = {LONG: 2.0, SHORT: 2.0}
    code, said = burn(counted.address)
    assert (4, True) == (code, "budget used 20.0x" in said)


def test_answers_that_come_late_burn(counted: Counted) -> None:
    """The promise of 200 ms is broken by 300."""
    counted.p95 = {LONG: 300.0, SHORT: 300.0}
    assert 4 == burn(counted.address)[0]


@pytest.mark.parametrize("window", [LONG, SHORT])
def test_one_window_alone_does_not_burn(counted: Counted, window: str) -> None:
    """What was a blip, and what is over, brings nothing back."""
    counted.errors[window] = 50.0
    assert 0 == burn(counted.address)[0]


@pytest.mark.parametrize("asked", [0.0, 0.003])
def test_silence_is_no_approval(counted: Counted, asked: float) -> None:
    """Where not one request came the exit code says that nothing was judged."""
    counted.requests = {LONG: asked, SHORT: asked}
    code, said = burn(counted.address)
    assert (5, True) == (code, "nothing was judged" in said)


def test_a_prometheus_that_is_not_there_is_named() -> None:
    """An outside program failed: exit code 3, and its address."""
    code, said = burn("http://127.0.0.1:1")
    assert (3, True) == (code, "Prometheus at http://127.0.0.1:1 does not answer" in said)


def test_what_is_asked_is_what_the_gateway_counts() -> None:
    """The metrics that are asked for come from a statistic that the rendered gateway keeps."""
    assert '"stat_prefix": "gateway"' in RENDERED
    assert r"http\\.gateway\\.downstream_rq_(total|completed|active|time|[1-5]xx)" in RENDERED
    assert r"vhost\\.all\\.vcluster\\.[^.]+\\.upstream_rq_(time|total|[1-5]xx)" in RENDERED


def test_questions_about_health_are_no_answers(counted: Counted) -> None:
    """What the gateway answers by itself is taken off, or probes would hide errors and silence."""
    burn(counted.address)
    totals = [query for query in counted.asked if "histogram_quantile" not in query]
    own = 'sum(rate(envoy_http_rq_direct_response{envoy_http_conn_manager_prefix="gateway"}'
    assert totals
    assert [] == [query for query in totals if f"- ({own}" not in query]
    assert r"http\\.gateway\\.(rq_direct_response|no_route|lua\\.errors)" in RENDERED


def test_streams_are_no_late_answers(counted: Counted) -> None:
    """Times are asked of all that the gateway counts by service, and of nothing else."""
    burn(counted.address)
    (pattern,) = {
        found
        for query in counted.asked
        if "histogram_quantile" in query
        for found in re.findall(r'envoy_virtual_cluster=~"([^"]+)"', query)
    }
    kept = set(re.findall(r'"name": "(_\w+|to_\w+)"', RENDERED))
    assert {"_streams", "_alerts", "to_backend"} <= kept
    assert {name for name in kept if not name.startswith("_")} == {
        name for name in kept if re.fullmatch(pattern, name)
    }
