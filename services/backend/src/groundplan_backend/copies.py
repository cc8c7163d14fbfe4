"""Copies of the cache in a bucket of S3: sent there, and fetched from there.

`python -m groundplan_backend.copies send FOLDER` and `... fetch FOLDER HOW_MANY` run in the pods
of jobs, beside the cache's own image, which makes copies and reads them but has no client of S3.
The bucket and its region come from the environment, the right to use it from an agent of the
node. A copy is called by the time at which it was made, so the newest has the greatest name.
"""

import hashlib
import hmac
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import httpx

from groundplan_backend.settings import Secret, SettingsError, path

PREFIX: Final = "cache/"
"""Where copies stand in the bucket."""
PATTERN: Final = "cache-*.rdb"
_NOTHING: Final = hashlib.sha256(b"").hexdigest()
_NAMESPACE: Final = "{http://s3.amazonaws.com/doc/2006-03-01/}"
_PATIENCE: Final = httpx.Timeout(60.0, connect=10.0)
_USAGE: Final = "usage: python -m groundplan_backend.copies send FOLDER | fetch FOLDER HOW_MANY"


class CopyError(Exception):
    """A copy was not sent or not fetched; the message says why."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks, for a while."""

    key: str
    secret: Secret = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in the bucket."""

    name: str
    stored: datetime


class Bucket:
    """The copies in one bucket."""

    def __init__(self, url: str, region: str, credentials: Credentials) -> None:
        self._url, self._region, self._credentials = url.rstrip("/"), region, credentials

    def send(self, file: Path) -> None:
        """Store a file; S3 refuses it when what arrives is not what was signed.

        Raises:
            CopyError: it was not stored.
        """
        with file.open("rb") as body:
            digest = hashlib.file_digest(body, "sha256").hexdigest()
            body.seek(0)
            with self._asked("PUT", PREFIX + file.name, {}, digest, body):
                pass

    def copies(self) -> list[Copy]:
        """Return every copy, the newest first.

        Raises:
            CopyError: the bucket did not say.
        """
        found: list[Copy] = []
        while True:
            query = {"list-type": "2", "prefix": PREFIX}
            if found:
                query["start-after"] = PREFIX + found[-1].name
            with self._asked("GET", "", query) as answer:
                page = ElementTree.fromstring(answer.read())  # noqa: S314 - written by AWS
            found += _listed(page)
            if page.findtext(f"{_NAMESPACE}IsTruncated") != "true":
                return found[::-1]

    def fetch(self, copy: Copy, folder: Path) -> None:
        """Write a copy into a folder, as old as it is; what broke off is no copy.

        Raises:
            CopyError: it did not come whole.
        """
        part = folder / f"{copy.name}.part"
        try:
            with self._asked("GET", PREFIX + copy.name, {}) as answer, part.open("wb") as written:
                for chunk in answer.iter_bytes():
                    written.write(chunk)
            os.utime(part, (copy.stored.timestamp(), copy.stored.timestamp()))
            part.rename(folder / copy.name)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _asked(
        self,
        method: str,
        key: str,
        query: Mapping[str, str],
        digest: str = _NOTHING,
        body: IO[bytes] | None = None,
    ) -> Iterator[httpx.Response]:
        written = "&".join(f"{name}={quote(value, '')}" for name, value in sorted(query.items()))
        url = f"{self._url}/{quote(key)}"
        signed = signature(
            method, f"{url}?{written}", digest, self._region, self._credentials, datetime.now(UTC)
        )
        asked = f"{url}?{written}" if written else url
        try:
            with httpx.stream(
                method, asked, headers=signed, content=body, timeout=_PATIENCE
            ) as answer:
                if not answer.is_success:
                    said = answer.read().decode(errors="replace")[:500]
                    raise CopyError(f"{method} {asked}: {answer.status_code} {said}")
                yield answer
        except httpx.HTTPError as error:
            raise CopyError(f"{method} {asked}: {type(error).__name__} {error}") from error


def signature(
    method: str,
    url: str,
    digest: str,
    region: str,
    credentials: Credentials,
    now: datetime,
) -> dict[str, str]:
    """Return the headers that sign a request to S3 (AWS Signature Version 4).

    Args:
        method: of HTTP.
        url: the address, its query in order and escaped.
        digest: of the body, SHA-256 in hexadecimal.
        region: where the bucket is.
        credentials: who asks.
        now: the time, of UTC.
    """
    parts, time = urlsplit(url), now.strftime("%Y%m%dT%H%M%SZ")
    headers = {
        "host": parts.netloc,
        "x-amz-content-sha256": digest,
        "x-amz-date": time,
        "x-amz-security-token": credentials.token,
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    request = "\n".join((method, parts.path, parts.query, lines, names, digest))
    scope = f"{time[:8]}/{region}/s3/aws4_request"
    hashed = hashlib.sha256(request.encode()).hexdigest()
    text = "\n".join(("AWS4-HMAC-SHA256", time, scope, hashed))
    key = f"AWS4{credentials.secret.reveal()}".encode()
    for word in scope.split("/"):
        key = hmac.digest(key, word.encode(), "sha256")
    proof = hmac.digest(key, text.encode(), "sha256").hex()
    who = f"Credential={credentials.key}/{scope}, SignedHeaders={names}, Signature={proof}"
    return {**headers, "authorization": f"AWS4-HMAC-SHA256 {who}"}


def credentials(environment: Mapping[str, str] = os.environ) -> Credentials:
    """Return the rights that the node's agent gives to this pod.

    Raises:
        SettingsError: the pod has no identity.
        CopyError: the agent gave none.
    """
    token = path("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", environment).read_text().strip()
    agent = _required("AWS_CONTAINER_CREDENTIALS_FULL_URI", environment)
    try:
        answer = httpx.get(agent, headers={"authorization": token}, timeout=_PATIENCE)
        given = answer.raise_for_status().json()
        return Credentials(given["AccessKeyId"], Secret(given["SecretAccessKey"]), given["Token"])
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise CopyError(f"{agent} gave no credentials: {type(error).__name__}") from None


def main(arguments: list[str], environment: Mapping[str, str] = os.environ) -> int:
    """Send the newest copy of a folder, or fetch the newest ones; return the exit code."""
    match arguments:
        case ["send", folder]:
            how_many = 0
        case ["fetch", folder, number] if number.isdecimal():
            how_many = int(number)
        case _:
            print(_USAGE, file=sys.stderr)
            return 2
    try:
        url, region = (_required(name, environment) for name in ("COPIES_URL", "AWS_REGION"))
        bucket = Bucket(url, region, credentials(environment))
        told = _fetch(bucket, Path(folder), how_many) if how_many else _send(bucket, Path(folder))
    except (CopyError, SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(told)
    return 0


def _send(bucket: Bucket, folder: Path) -> str:
    files = sorted(folder.glob(PATTERN))
    if not files:
        raise CopyError(f"{folder} holds no copy")
    bucket.send(files[-1])
    return f"sent {files[-1].name}, {files[-1].stat().st_size} bytes"


def _fetch(bucket: Bucket, folder: Path, how_many: int) -> str:
    wanted = bucket.copies()[:how_many]
    for copy in wanted:
        bucket.fetch(copy, folder)
    return f"fetched {', '.join(copy.name for copy in wanted) or 'nothing, there is no copy'}"


def _listed(page: ElementTree.Element) -> Iterator[Copy]:
    for each in page.iter(f"{_NAMESPACE}Contents"):
        name = each.findtext(f"{_NAMESPACE}Key", "").removeprefix(PREFIX)
        stored = each.findtext(f"{_NAMESPACE}LastModified", "")
        yield Copy(name, datetime.fromisoformat(stored))


def _required(name: str, environment: Mapping[str, str]) -> str:
    if not environment.get(name):
        raise SettingsError(f"{name}: is not set")
    return environment[name]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
