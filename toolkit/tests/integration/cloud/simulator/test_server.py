"""The server is one process on loopback that ends when it should and forgets when it is told."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

LIMIT = 30


def test_it_listens_on_loopback_only(url):
    """Nobody else on the network reaches an account that lets everybody in."""
    host, port = url.removeprefix("http://").split(":")
    assert "127.0.0.1" == host
    with pytest.raises(ConnectionRefusedError), socket.socket() as other:
        other.connect(("127.0.0.2", int(port)))


def test_reset_forgets_moto_s_state_and_ours(ask, cluster, url):
    """After a reset an account is as new."""
    ask("eks", "create_addon", clusterName="one", addonName="coredns")
    reset = urllib.request.Request(f"{url}/moto-api/reset", method="POST")
    with urllib.request.urlopen(reset) as answer:
        assert 200 == answer.status
    assert {"clusters": []} == ask("eks", "list_clusters")
    error = ask("eks", "describe_addon", clusterName="one", addonName="coredns")["error"]
    assert "ResourceNotFoundException" == error["Code"]


def test_regions_are_apart(ask):
    """What one region has, another one has not."""
    given = {"name": "errors", "queryString": "fields @message"}
    ask("logs", "put_query_definition", **given)
    here = ask("logs", "describe_query_definitions")["queryDefinitions"]
    there = ask("logs", "describe_query_definitions", region="eu-west-1")["queryDefinitions"]
    assert (1, 0) == (len(here), len(there))


def test_requests_are_logged_and_the_end_is_orderly(start, tmp_path):
    """Each call of AWS leaves a line that says what was asked; SIGTERM ends with exit code 0."""
    log = tmp_path / "requests.jsonl"
    process, url = start("--log", str(log))
    form = b"Action=DescribeVpcs&Version=2016-11-15"
    scope = "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/ec2/aws4_request"
    request = urllib.request.Request(url, form, {"Authorization": f"{scope}, Signature=x"})
    urllib.request.urlopen(request).close()
    urllib.request.urlopen(f"{url}/moto-api/").close()
    process.send_signal(signal.SIGTERM)
    assert 0 == process.wait(LIMIT)
    line = json.loads(log.read_text())
    assert ("ec2", "us-east-1", "DescribeVpcs", 200) == (
        line["service"],
        line["region"],
        line["operation"],
        line["status"],
    )


FAKE = """
import io, threading, time
from groundplan.cloud.simulator import server

inside, most = [], []

def moto(environ, start):
    inside.append(1)
    most.append(len(inside))
    time.sleep(0.01)
    inside.pop()
    body = environ["wsgi.input"].read()
    start("200 OK" if body == b"x" else "500 Sorry", [("answer", str(len(most)))])
    return [body]

application = server.Application(moto)

def ask(body=b"x", **headers):
    given = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), **headers}
    said = []
    application(
        {"PATH_INFO": "/", "REQUEST_METHOD": "GET", **given},
        lambda status, headers: said.append(headers[0][1]),
    )
    return said[0]
"""
CROWD = """
threads = [threading.Thread(target=ask) for _ in range(20)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(most), max(most))
"""
AGAIN = """
def call(name, body=b"x"):
    return ask(body, HTTP_AMZ_SDK_INVOCATION_ID=name)

print(call("a"), call("a"), call("b"), call("c", b"no"), call("c", b"no"), ask(), ask())
"""


@pytest.fixture
def say(python):
    """Return what runs a script against a server whose moto is a fake."""

    def said(script):
        ran = subprocess.run(
            [python, "-c", FAKE + script],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
        return ran.stdout + ran.stderr

    return said


def test_requests_take_turns(say):
    """None changes what another one is walking through; moto's answer to that is a 500."""
    assert "20 1\n" == say(CROWD)


def test_a_repeated_call_gets_its_answer_again(say):
    """A client that lost an answer learns it; failures and other calls are asked anew."""
    assert "1 1 2 3 4 5 6\n" == say(AGAIN)


def test_it_ends_with_the_process_it_belongs_to(start):
    """A parent that was killed cannot end its simulator; it ends itself."""
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process, _ = start("--with-parent", str(parent.pid))
    os.kill(parent.pid, signal.SIGKILL)
    assert 0 == process.wait(LIMIT)
    parent.communicate()


def test_a_port_that_is_taken_is_said(python, url):
    """The port and the reason are named, and the exit code is that of a machine's refusal."""
    port = url.rsplit(":", 1)[1]
    ran = subprocess.run(
        [python, "-m", "groundplan.cloud.simulator", "--port", port],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    assert 3 == ran.returncode
    assert f"port {port} of 127.0.0.1 cannot be used" in ran.stderr
