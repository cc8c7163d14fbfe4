"""Puts a report together: every source asked, each text scrubbed, whatever fails noted."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundplan import loader
from groundplan.errors import GroundplanError, UsageError
from groundplan.model.folders import Folders
from groundplan.runner.client import Client
from groundplan.runner.export import files, known, machine, patterns, readme
from groundplan.runner.export.bundle import Bundle
from groundplan.runner.export.scrubber import Scrubber
from groundplan.runner.export.signals import Signals

Say = Callable[[str], None]
LOGS = 16 << 20
"""Bytes of all logs together."""
SHORT_OF = 0.5
"""Seconds between lines about long work."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is packed."""

    folders: Folders
    file: Path
    """The platform file."""
    environment: str
    since: float
    """Seconds of telemetry."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was."""

    bundle: Bundle
    taken: dict[str, int]
    """How often each secret or kind of secret was replaced."""


def pack(wanted: Wanted, say: Say) -> Packed:
    """Gather everything, without secrets.

    Raises:
        UsageError: there is no data folder.
    """
    folders = wanted.folders
    if not Path(folders.data).is_dir():
        raise UsageError(
            f"there is no data folder {folders.data}",
            hint="name the one of the run with --data DIR; ./run up makes it",
        )
    scrubber = Scrubber(known.secrets_of(folders), known.places_of(folders))
    scrubber.learn((f"of the platform file: {name}", each) for name, each in _named(wanted.file))
    bundle = Bundle()
    for title, source in _sources(wanted, bundle, say):
        say(title)
        _take(bundle, scrubber, title, source)
    notes = [scrubber.scrub(each) for each in bundle.notes]
    minutes = f"{wanted.since / 60:.0f} minutes"
    bundle.describe(readme.write(minutes, scrubber.taken, scrubber.short, notes))
    return Packed(bundle, {kind: count for kind, count in scrubber.taken.items() if count})


def _sources(
    wanted: Wanted, bundle: Bundle, say: Say
) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    folders = wanted.folders
    signals = Signals(folders, wanted.since, say)
    yield "facts of the machine", _json("machine.json", lambda: machine.facts(folders))
    yield "status", _json("status.json", Client(folders).status)
    yield "the platform file", _platform(wanted)
    yield "settings", files.settings(folders)
    yield "traces of starts", files.traces(folders)
    yield "logs", _logs(folders, bundle)
    yield "telemetry", signals.read()
    bundle.notes += signals.notes


def _take(
    bundle: Bundle, scrubber: Scrubber, title: str, source: Iterable[tuple[str, str]]
) -> None:
    """Put what a source has into the bundle; what it cannot give is noted, with the reason."""
    try:
        for path, text in source:
            bundle.add(path, scrubber.scrub(text))
    except GroundplanError as error:
        bundle.note(f"{title}: {error.message}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        bundle.note(f"{title}: not all of it could be read, {type(error).__name__}: {error}")


def _json(path: str, work: Callable[[], Any]) -> Iterator[tuple[str, str]]:
    yield path, json.dumps(work(), indent=1, sort_keys=True) + "\n"


def _platform(wanted: Wanted) -> Iterator[tuple[str, str]]:
    yield f"platform/{wanted.file.name}", files.read(wanted.file, files.LONGEST)[0]
    found = loader.load(wanted.file, wanted.environment)
    yield "platform/resolved.json", found.model_dump_json(indent=1) + "\n"


def _logs(folders: Folders, bundle: Bundle) -> Iterator[tuple[str, str]]:
    left = LOGS
    for path, text, gone in files.logs(folders):
        if len(text) > left:
            bundle.note(f"{path}: left out, the logs before it take {LOGS >> 20} MB")
            continue
        left -= len(text)
        if gone:
            bundle.note(f"{path}: only its end, {gone} bytes were left out")
        yield path, text


def _named(file: Path) -> list[tuple[str, str]]:
    """Return the values that the platform file itself calls secrets."""
    try:
        return patterns.named(files.read(file, files.LONGEST)[0])
    except OSError:
        return []


def teller(say: Say) -> Say:
    """Return what says a line, but not many within a moment."""
    last = -SHORT_OF

    def tell(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= SHORT_OF:
            last = time.monotonic()
            say(text)

    return tell
