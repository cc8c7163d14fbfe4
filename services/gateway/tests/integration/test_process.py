"""The authorisation service as a process: how it starts, what it says, how it ends."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

SERVE = [sys.executable, "-m", "groundplan_gateway", "serve"]


def run(argv, **environment):
    told = {**os.environ, **environment}
    return subprocess.run(argv, env=told, capture_output=True, text=True, timeout=20, check=False)


def test_usage_is_told():
    """Without its word the command says how it is used."""
    found = run(SERVE[:-1])
    assert found.returncode == 2
    assert found.stderr.startswith("usage: python -m groundplan_gateway serve")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"POLICY_FILE": ""}, "POLICY_FILE is not set"),
        ({"POLICY_FILE": "/no/such/file"}, "No such file or directory"),
        ({"POLICY_FILE": "/dev/null"}, "authz cannot start: Input data was truncated"),
        ({"PORT": "http"}, "PORT must be a whole number, is 'http'"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(changes, words):
    """A service that cannot start as it was told says why, in one line, and ends with 2."""
    told = {"POLICY_FILE": "x", "REDIS_URL": "redis://127.0.0.1:1", "GATEWAY_KEY": "k", **changes}
    found = run(SERVE, **told)
    assert found.returncode == 2
    assert words in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_what_has_begun_is_answered(build_stack):
    """After SIGTERM a check under way gets its answer, and the process ends with 0."""
    with build_stack(authzs=1, upstreams=1, is_patient=True) as stack:
        token = stack.issuer.token()
        # The check waits for Redis for three seconds.
        stack.signal("redis", signal.SIGSTOP)
        answers = []
        asking = threading.Thread(
            target=lambda: answers.append(stack.check(0, "/api/v1/x", token=token))
        )
        asking.start()
        time.sleep(0.5)
        stack.signal("authz0", signal.SIGTERM)
        asking.join()
        assert [each.status for each in answers] == [200]
        assert stack.processes["authz0"].wait(10) == 0


def test_an_authorisation_service_that_fails_is_no_open_door(build_stack, broken):
    """Whatever an ill service answers but 200, nobody comes in and the answer is 503."""
    with build_stack(authzs=1, upstreams=1) as stack:
        stack.signal("authz0", signal.SIGKILL)
        for status in (500, 502, 503, 504):
            with broken(stack.ports["authz"][0], status):
                before = len(stack.seen)
                answers = [stack.get("/api/v1/x", token=stack.issuer.token()) for _ in range(10)]
                assert {each.status for each in answers} == {503}
                assert sorted(each.seconds for each in answers)[-2] < 0.25
                assert stack.seen[before:] == []


@pytest.fixture
def broken():
    """Return what serves one status, whatever is asked."""
    import contextlib
    import http.server

    @contextlib.contextmanager
    def serving(port, status):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.send_response(200 if "healthz" in self.path else status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        serving.start()
        yield
        server.shutdown()
        server.server_close()

    return serving
