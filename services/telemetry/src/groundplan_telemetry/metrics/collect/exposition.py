"""Prometheus' text format, read line by line.

A line's beginning, up to its value, names its series: who remembers that text need not take it
apart again at the next scrape.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
LABEL: Final = re.compile(r'\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?')
NAME: Final = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
ESCAPES: Final = {"\\\\": "\\", '\\"': '"', "\\n": "\n"}


class Line(NamedTuple):
    """One sample: the text that names its series, and its value."""

    series: str
    value: float


class Description(NamedTuple):
    """What an exposition says of a metric."""

    type: str = "unknown"
    help: str = ""


class ExpositionError(Exception):
    """A line that is not in Prometheus' text format."""


def lines(text: str) -> Iterator[Line]:
    """Yield the samples; a time that stands behind a value is not looked at.

    Raises:
        ExpositionError: a line is none.
    """
    for line in text.splitlines():
        if not line or line[0] == "#":
            continue
        series, value = _parted(line)
        try:
            yield Line(series, float(value))
        except ValueError:
            raise ExpositionError(f"no number in {line[:200]!r}") from None


def _parted(line: str) -> tuple[str, str]:
    end = line.rfind("}") + 1
    if end:
        rest = line[end:].split(None, 1)
        return line[:end], rest[0] if rest else ""
    parts = line.split(None, 2)
    return parts[0], parts[1] if len(parts) > 1 else ""


def labels(series: str) -> tuple[str, dict[str, str]]:
    """Return the name and the labels of a text that names a series.

    Raises:
        ExpositionError: it names none.
    """
    name, _, inside = series.partition("{")
    name, inside = name.strip(), inside.removesuffix("}")
    found: dict[str, str] = {}
    at = 0
    while NAME.fullmatch(name) and (label := LABEL.match(inside, at)):
        found[label[1]] = _unescaped(label[2])
        at = label.end()
    if not NAME.fullmatch(name) or inside[at:].strip():
        raise ExpositionError(f"no series: {series[:200]!r}")
    return name, found


def _unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    return re.sub(r"\\.", lambda found: ESCAPES.get(found[0], found[0]), value)


def descriptions(text: str) -> dict[str, Description]:
    """Return what comments say of metrics, by their name."""
    found: dict[str, Description] = {}
    for line in text.splitlines():
        parts = line.split(None, 3)
        if len(parts) < 3 or parts[0] != "#" or parts[1] not in ("HELP", "TYPE"):
            continue
        said = parts[3] if len(parts) > 3 else ""
        known = found.get(parts[2], Description())
        if parts[1] == "TYPE":
            found[parts[2]] = known._replace(type=said.strip() or "unknown")
        else:
            found[parts[2]] = known._replace(help=said)
    return found


def written(name: str, value: float, **given: str) -> str:
    """Return a sample as a line."""
    shown = ",".join(f'{label}="{_escaped(found)}"' for label, found in given.items())
    return f"{name}{{{shown}}} {value!r}" if shown else f"{name} {value!r}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
