"""Copies go to a bucket and come back, signed as AWS signs, whole or not at all."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Theirs

from groundplan_backend import copies
from groundplan_backend.settings import Secret

_KEY, _SECRET, _TOKEN = "AKID", "wJalrXUtnFEMI", "a/token=="
_PAGE = 2
_XML = """<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\
<IsTruncated>{more}</IsTruncated>{listed}</ListBucketResult>"""
_LISTED = "<Contents><Key>{}</Key><LastModified>2026-11-20T02:00:00.000Z</LastModified></Contents>"


class _Store(ThreadingHTTPServer):
    """The agent and the bucket in one: answers who bears the token, checks what is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.cut = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: _Store

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/agent":
            known = self.headers["authorization"] == "who I am"
            given = {"AccessKeyId": _KEY, "SecretAccessKey": _SECRET, "Token": _TOKEN}
            self._answer(200 if known else 403, json.dumps(given).encode())
        elif not self._is_signed(b""):
            self._answer(403, b"SignatureDoesNotMatch")
        elif parts.query:
            self._answer(200, self._list(parse_qs(parts.query)))
        else:
            body = self.server.objects[parts.path.removeprefix("/")]
            self._answer(200, body, cut=self.server.cut)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if not self._is_signed(body):
            self._answer(403, b"SignatureDoesNotMatch")
            return
        self.server.objects[self.path.removeprefix("/")] = body
        self._answer(200, b"")

    def _is_signed(self, body: bytes) -> bool:
        """Sign the request anew with the program of AWS, from what arrived."""
        headers = {"x-amz-content-sha256": hashlib.sha256(body).hexdigest()}
        request = AWSRequest(self.command, self.server.url + self.path, headers, body)
        return self.headers["authorization"] == _theirs(request, self.headers["x-amz-date"])

    def _list(self, query: dict[str, list[str]]) -> bytes:
        after = query.get("start-after", [""])[0]
        names = sorted(name for name in self.server.objects if name > after)
        listed = "".join(map(_LISTED.format, names[:_PAGE]))
        return _XML.format(more=str(len(names) > _PAGE).lower(), listed=listed).encode()

    def _answer(self, status: int, body: bytes, *, cut: bool = False) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)

    def log_message(self, *_: Any) -> None:
        pass


def _theirs(request: AWSRequest, time: str) -> str:
    signer = S3SigV4Auth(Theirs(_KEY, _SECRET, _TOKEN), "s3", "eu-west-1")
    request.context["timestamp"] = time
    request.headers["X-Amz-Date"] = time
    request.headers["X-Amz-Security-Token"] = _TOKEN
    text = signer.string_to_sign(request, signer.canonical_request(request))
    names = signer.signed_headers(signer.headers_to_sign(request))
    proof = signer.signature(text, request)
    return (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, "
        f"SignedHeaders={names}, Signature={proof}"
    )


@pytest.fixture
def store() -> Iterator[_Store]:
    """A bucket that is served while a test runs."""
    with _Store() as made:
        thread = Thread(target=made.serve_forever, args=(0.05,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def environment(store: _Store, tmp_path: Path) -> dict[str, str]:
    """What a pod with an identity is told."""
    (tmp_path / "token").write_text("who I am\n")
    return {
        "COPIES_URL": store.url,
        "AWS_REGION": "eu-west-1",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{store.url}/agent",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(tmp_path / "token"),
    }


def _folder(parent: Path, **files: bytes) -> Path:
    folder = parent / "copies"
    folder.mkdir()
    for day, content in files.items():
        (folder / f"cache-{day}.rdb").write_bytes(content)
    return folder


def test_the_newest_copy_is_sent(
    store: _Store, environment: dict[str, str], tmp_path: Path
) -> None:
    """Under its name, byte for byte, in a request that AWS itself would have signed so."""
    folder = _folder(tmp_path, a=b"old", b=b"REDIS \x00\xff" * 70000)
    assert 0 == copies.main(["send", str(folder)], environment)
    assert {"cache/cache-b.rdb": b"REDIS \x00\xff" * 70000} == store.objects


def test_the_newest_copies_are_fetched(
    store: _Store, environment: dict[str, str], tmp_path: Path
) -> None:
    """Of five on three pages the last two, as old as they are and no younger."""
    store.objects |= {f"cache/cache-{day}.rdb": day.encode() for day in "abcde"}
    folder = _folder(tmp_path)
    assert 0 == copies.main(["fetch", str(folder), "2"], environment)
    assert {"cache-d.rdb": b"d", "cache-e.rdb": b"e"} == {
        each.name: each.read_bytes() for each in folder.iterdir()
    }
    stored = datetime(2026, 11, 20, 2, tzinfo=UTC).timestamp()
    assert stored == (folder / "cache-e.rdb").stat().st_mtime


def test_an_empty_bucket_is_said_to_be_empty(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """That there is none is for whoever reads the folder to judge."""
    assert 0 == copies.main(["fetch", str(_folder(tmp_path)), "3"], environment)
    assert "fetched nothing, there is no copy\n" == capsys.readouterr().out


def test_a_copy_that_broke_off_is_none(
    store: _Store,
    environment: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Half of it came: nothing is left that looks like a copy, and the job fails."""
    store.objects["cache/cache-a.rdb"] = b"x" * 1000
    store.cut = True
    folder = _folder(tmp_path)
    assert 1 == copies.main(["fetch", str(folder), "1"], environment)
    assert "RemoteProtocolError" in capsys.readouterr().err
    assert [] == list(folder.iterdir())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"AWS_REGION": "us-east-1"}, "403 SignatureDoesNotMatch"),
        ({"AWS_REGION": ""}, "AWS_REGION: is not set"),
        ({"COPIES_URL": ""}, "COPIES_URL: is not set"),
        ({"COPIES_URL": "http://127.0.0.1:1"}, "ConnectError"),
        ({"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": ""}, "TOKEN_FILE: is not set"),
        ({"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:1"}, "gave no credentials"),
    ],
)
def test_what_goes_wrong_is_said(
    changes: dict[str, str],
    said: str,
    environment: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A refusal, a setting that is missing, a server that is not there: one line, and failure."""
    folder = _folder(tmp_path, a=b"x")
    assert 1 == copies.main(["send", str(folder)], {**environment, **changes})
    assert said in capsys.readouterr().err


def test_the_agent_knows_only_who_shows_the_token(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong token gets no credentials, and no message repeats it."""
    (tmp_path / "token").write_text("somebody else")
    assert 1 == copies.main(["send", str(_folder(tmp_path, a=b"x"))], environment)
    error = capsys.readouterr().err
    assert (True, False) == ("gave no credentials" in error, "somebody else" in error)


def test_an_empty_folder_has_nothing_to_send(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy that was not made is no success."""
    assert 1 == copies.main(["send", str(_folder(tmp_path))], environment)
    assert "holds no copy" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["send"], ["fetch", "/copies", "many"], ["copy", "/a"]])
def test_other_words_are_refused(words: list[str]) -> None:
    """The usage is shown and nobody is asked."""
    assert 2 == copies.main(words, {})


def test_secrets_show_themselves_nowhere() -> None:
    """Neither the key nor the token stands in what a dump prints."""
    shown = repr(copies.Credentials(_KEY, Secret(_SECRET), _TOKEN))
    assert (False, False) == (_SECRET in shown, _TOKEN in shown)
