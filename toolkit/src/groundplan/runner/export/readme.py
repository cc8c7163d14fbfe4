"""README.txt of an archive: what is in it, what was taken out, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

CONTENTS: Final = {
    "machine.json": "versions, and what the machine has; no names of it",
    "status.json": "every replica and how it is, as `./run status --json`",
    "platform/": "the platform file, and what it comes to with all that it extends",
    "config/": "what was rendered for nginx, Envoy, PostgreSQL, Redis, the store and the rest",
    "traces/": "how each start went, as OTLP: what was done, how long, what waited for what",
    "telemetry/": "traces, lines, metrics and alerts, one JSON object a line where `.jsonl`",
    "logs/": "the ends of the logs, old copies too",
}


def write(since: str, taken: Mapping[str, int], short: Sequence[str], notes: Sequence[str]) -> str:
    """Return the text.

    Args:
        since: how far telemetry goes back.
        taken: how often each secret or kind of secret was replaced.
        short: secrets that are too short to be searched for.
        notes: what is missing or was cut.
    """
    width = max(map(len, CONTENTS)) + 2
    return "\n".join(
        [
            f"Groundplan's report of {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, "
            f"telemetry of the last {since}.",
            "",
            "In it",
            *(f"  {name:<{width}}{each}" for name, each in CONTENTS.items()),
            "",
            "Taken out, with a word in its place, and how often",
            *(_listed(f"{kind}: {count}" for kind, count in sorted(taken.items()) if count)),
            "  Paths and names of this machine are <data>, <source>, <repository>, ~, <host>.",
            "  Not packed: the folders of secrets and certificates, the database, the cache,",
            "  uploaded files, mails.",
            "",
            "Not searched for, because a value so short stands in any text",
            *_listed(short),
            "",
            "Missing or cut",
            *_listed(notes),
            "",
            "What users of the platform wrote into logs by other names is not known to be secret.",
            "Look it over before you hand it on.",
            "",
        ]
    )


def _listed(lines: Iterable[str]) -> list[str]:
    return [f"  {each}" for each in lines] or ["  nothing"]
