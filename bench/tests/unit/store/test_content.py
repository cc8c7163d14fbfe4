"""What the store is sent is what senders send."""

import gzip
import json

from bench.store.content import WAY, Content
from groundplan_telemetry.otlp import spans


def test_every_span_is_one_that_the_store_takes() -> None:
    """A trace has a span for each step of the way, and each parent is among them."""
    batches = [spans.of_json(gzip.decompress(body), 60.0) for body in Content(1).exports(3)]
    kept = [span for batch in batches for span in batch.records]
    assert (3 * len(WAY), 0) == (len(kept), sum(batch.rejected.total() for batch in batches))
    traces = {
        span.trace: {each.span for each in kept if each.trace == span.trace} for span in kept
    }
    assert [len(WAY)] * 3 == [len(found) for found in traces.values()]
    assert all(not span.parent or span.parent in traces[span.trace] for span in kept)


def test_runs_are_alike() -> None:
    """The same seed draws the same identifiers."""
    first, second = (json.loads(Content(7).lines(1)) for _ in range(2))
    assert first["trace_id"] == second["trace_id"]
