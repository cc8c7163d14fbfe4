"""What a destroy leaves: each question to the account's APIs with its answer, as a table."""

from typing import Final

from rich.table import Table

from groundplan.cloud.account import Reading, Thing

NOTHING: Final = "nothing chargeable remains"


def table(reading: Reading) -> Table:
    """Return what was asked, and everything that answered."""
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("asked for", "found"):
        drawn.add_column(heading, overflow="fold")
    for question, things in reading.asked.items():
        drawn.add_row(question, "\n".join(map(line, things)) or "none")
    return drawn


def line(thing: Thing) -> str:
    """Return one thing in words, with what it costs."""
    detail = f" ({thing.detail})" if thing.detail else ""
    price = "kept on purpose" if thing.is_kept else "free"
    return f"{thing.kind} {thing.name}{detail}: {'chargeable' if thing.is_chargeable else price}"


def conclusion(reading: Reading) -> str:
    """Return the proof's last line."""
    left, kept = len(reading.chargeable), sum(thing.is_kept for thing in reading.things)
    if left:
        return f"{left} chargeable {'thing remains' if left == 1 else 'things remain'}"
    return f"{NOTHING} besides {kept} kept on purpose, see above" if kept else NOTHING
