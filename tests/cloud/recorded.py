"""Which rights AWS would ask for, read from the simulator's record of what was called.

`python tests/cloud/recorded.py LOG...` prints the actions, as IAM names them, one a line. The
simulator names the operations of some services by method and path only; AWS's own description
of the service tells which operation that is. S3 is left out: there the query tells, which is
not recorded.
"""

import fnmatch
import json
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import botocore.session

PREFIXES = {"monitoring": "cloudwatch", "tagging": "tag"}
"""Services whose actions have another prefix than their endpoint."""
MODELS = {"monitoring": "cloudwatch", "tagging": "resourcegroupstaggingapi"}
METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


def actions(lines: Iterable[str]) -> set[str]:
    """Return the actions that a record's lines stand for."""
    found = set()
    for line in lines:
        call = json.loads(line)
        service, operation = call["service"], call["operation"]
        if service == "s3" or call["status"] == 404:
            continue
        if operation in METHODS:
            operation = _operation(service, operation, call["path"])
        found.add(f"{PREFIXES.get(service, service)}:{operation}")
    return found


def _operation(service: str, method: str, path: str) -> str:
    """Return the operation whose template fits a path, the most exact one first.

    Raises:
        LookupError: none does.
    """
    for name, verb, template in _templates(service):
        if verb == method and template.fullmatch(path.rstrip("/") or "/"):
            return name
    raise LookupError(f"{service} {method} {path}")


@lru_cache
def _templates(service: str) -> list[tuple[str, str, re.Pattern[str]]]:
    model = botocore.session.get_session().get_service_model(MODELS.get(service, service))
    found = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        uri = http["requestUri"].split("?")[0].rstrip("/") or "/"
        parts = re.split(r"(\{[^}]+\})", uri)
        pattern = "".join(
            (".+" if part.endswith("+}") or "rn}" in part else "[^/]+")
            if part.startswith("{")
            else re.escape(part)
            for part in parts
        )
        found.append((len(parts), -len(uri), name, http["method"], re.compile(pattern)))
    return [each[2:] for each in sorted(found, key=lambda each: each[:3])]


def missing(asked: Iterable[str], policy: Iterable[str]) -> list[str]:
    """Return the actions that no line of a policy allows."""
    allowed = [line.lower() for line in policy]
    return sorted(
        each
        for each in asked
        if not any(fnmatch.fnmatchcase(each.lower(), line) for line in allowed)
    )


if __name__ == "__main__":
    texts = (Path(name).read_text() for name in sys.argv[1:])
    print("\n".join(sorted(actions(line for text in texts for line in text.splitlines()))))
