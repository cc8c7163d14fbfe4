"""The rows that both stacks answer with are the same thing in both forms."""

import json

from bench import content
from bench.scenario import LIST


def test_the_ready_json_of_a_row_says_what_its_columns_say() -> None:
    """Neither side can answer more, or less, than the other."""
    name, kind, tier, description, least, most, calls, source, document = content._row(1)

    assert json.loads(str(document, "utf-8") if isinstance(document, bytes) else "") == {
        "name": name,
        "kind": kind,
        "tier": tier,
        "description": description,
        "replicas": {"min": least, "max": most},
        "calls": calls,
        "source": source,
    }


def test_there_are_more_rows_than_a_page_holds() -> None:
    """A page of the measured list is full, and is not the last."""
    assert LIST.rows is not None
    assert content.ROWS > LIST.rows
    assert content._row(1)[0] == content.SERVICE
