"""The running API keeps what its OpenAPI document promises, as each role."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

_CONFIGURATION = Path(__file__).parents[4] / "schemathesis.toml"


def _document_without_security(replica: Any, folder: Path) -> Path:
    """The gateway checks the token; here it has done so, and its headers stand in."""
    document = httpx.get(f"{replica.url}/api/v1/openapi.json").json()
    for item in document["paths"].values():
        for operation in item.values():
            operation["security"] = []
    del document["components"]["securitySchemes"]
    file = folder / "openapi.json"
    file.write_text(json.dumps(document))
    return file


def _fuzz(
    document: Path, url: str, headers: dict[str, str], phases: str = "fuzzing"
) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(_CONFIGURATION)]
    argv += ["run", str(document), "--url", url, "--warnings", "off", "--no-color"]
    argv += ["--phases", phases]
    for name, value in headers.items():
        argv += ["-H", f"{name}:{value}"]
    return subprocess.run(argv, cwd=document.parent, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("role", "phases"),
    [("viewer", "fuzzing"), ("operator", "fuzzing"), ("administrator", "coverage,fuzzing")],
)
def test_no_request_breaks_the_promise(
    replica: Any, tmp_path: Path, role: str, phases: str
) -> None:
    """No 5xx, no undocumented status, header or shape, for right and wrong requests alike."""
    headers = replica.signed_in(f"{role}@groundplan.example")
    headers["x-groundplan-role"] = role
    document = _document_without_security(replica, tmp_path)
    fuzzed = _fuzz(document, replica.url, headers, phases)
    assert 0 == fuzzed.returncode, fuzzed.stdout
    assert "request failed" not in replica.log.read_text()


def test_a_broken_promise_is_found(replica: Any, tmp_path: Path) -> None:
    """The fuzzer fails when the document promises another shape than the API has."""
    document = _document_without_security(replica, tmp_path)
    promised = json.loads(document.read_text())
    jwks = "/api/v1/identity/jwks"
    promised["paths"] = {jwks: promised["paths"][jwks]}
    promised["components"]["schemas"]["JsonWebKeySet"]["required"] = ["locks"]
    document.write_text(json.dumps(promised))
    fuzzed = _fuzz(document, replica.url, {})
    assert 1 == fuzzed.returncode
    assert "'locks' is a required property" in fuzzed.stdout.replace('"', "'")
