"""`POST /v1/traces` and `/v1/logs`: what can be kept is taken, what cannot is said at once.

A sender never waits: where memory is full he is told to come again later, and where only a
part was taken, how much was not and why.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from groundplan_telemetry.disk.writer import Writer
from groundplan_telemetry.http import reply
from groundplan_telemetry.http.reply import JSON, Refused, Reply
from groundplan_telemetry.http.request import Request
from groundplan_telemetry.http.routing import Route
from groundplan_telemetry.otlp import lines, spans, wire
from groundplan_telemetry.otlp.batch import MALFORMED, QUEUE_FULL, Batch
from groundplan_telemetry.state import State

PROTOBUF: Final = "application/x-protobuf"
MOST_OBJECTS: Final = 400_000
"""Braces of a body in JSON: what is read becomes many times as large as it was written."""
MOST_MESSAGES: Final = 50_000
"""Records of a body in protobuf, with their scopes and resources."""
WAIT: Final = 1
"""Seconds after which a sender may come again."""
Decode = Callable[[bytes, float], Batch[Any]]


class Otlp:
    """Takes in what senders bring."""

    def __init__(self, state: State, writer: Writer) -> None:
        self._books = state.ledger
        self._keep = state.settings.limits.keep
        self._writer = writer

    def routes(self) -> Sequence[Route]:
        """Return what it answers."""
        return (
            Route("POST", "/v1/traces", self._traces, takes_in=True),
            Route("POST", "/v1/logs", self._logs, takes_in=True),
        )

    async def _traces(self, request: Request) -> Reply:
        batch = self._batch(request, "traces", spans.of_json, spans.of_protobuf)
        self._take("traces", batch)
        return _answer(request, batch, "rejectedSpans")

    async def _logs(self, request: Request) -> Reply:
        batch = self._batch(request, "logs", lines.of_json, lines.of_protobuf)
        self._take("logs", batch)
        return _answer(request, batch, "rejectedLogRecords")

    def _batch(
        self, request: Request, signal: str, of_json: Decode, of_protobuf: Decode
    ) -> Batch[Any]:
        is_json = _is_json(request)
        try:
            _check(request.body, is_json=is_json)
            return (of_json if is_json else of_protobuf)(request.body, self._keep)
        except (ValueError, msgspec.DecodeError, RecursionError) as error:
            self._books.dropped(signal, MALFORMED, 1)
            detail = f"The body is no export of {signal}: {error}"
            raise Refused(400, "invalid_request", detail) from None

    def _take(self, signal: str, batch: Batch[Any]) -> None:
        """Give the records to the writer; raises Refused where it takes none of them."""
        taken = self._writer.offer(signal, batch.records)
        left = len(batch.records) - taken
        if left and not taken:
            detail = "The store is busy; come again."
            raise Refused(429, "too_many_requests", detail, retry_after=WAIT)
        self._books.received(signal, batch.count)
        batch.rejected[QUEUE_FULL] += left
        for reason, count in batch.rejected.items():
            self._books.dropped(signal, reason, count)


def _check(body: bytes, *, is_json: bool) -> None:
    """Refuse what would fill the memory once it is read."""
    most = MOST_OBJECTS if is_json else MOST_MESSAGES
    if (body.count(b"{") if is_json else wire.count(body, most)) > most:
        detail = f"A body has {most} objects at the most; send fewer at once."
        raise Refused(413, "request_too_large", detail)


def _is_json(request: Request) -> bool:
    said = request.headers.get("content-type", "").partition(";")[0].strip()
    if said not in (JSON, PROTOBUF):
        detail = f"`{said}` is not taken; send {PROTOBUF} or {JSON}"
        raise Refused(415, "unsupported_media_type", detail)
    return said == JSON


def _answer(request: Request, batch: Batch[Any], name: str) -> Reply:
    rejected = +batch.rejected
    why = ", ".join(f"{count} {reason}" for reason, count in sorted(rejected.items()))
    if _is_json(request):
        partly = {name: str(rejected.total()), "errorMessage": why}
        return reply.json({"partialSuccess": partly} if rejected else {})
    return Reply(_packed(name, rejected.total(), why), PROTOBUF)


def _packed(name: str, rejected: int, why: str) -> bytes:
    from groundplan_telemetry.otlp import protobuf

    are_spans = name == "rejectedSpans"
    message: Any = (
        protobuf.ExportTraceServiceResponse()
        if are_spans
        else protobuf.ExportLogsServiceResponse()
    )
    if rejected:
        field = "rejected_spans" if are_spans else "rejected_log_records"
        setattr(message.partial_success, field, rejected)
        message.partial_success.error_message = why
    return bytes(message.SerializeToString())
