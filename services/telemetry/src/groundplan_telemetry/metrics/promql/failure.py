"""Why a query has no answer, in the words and kinds of Prometheus' HTTP API."""

from typing import Final

STATUS: Final = {"bad_data": 400, "execution": 422, "timeout": 503, "unavailable": 503}


class QueryError(Exception):
    """A query that cannot be answered; `kind` is one of Prometheus' error types."""

    def __init__(self, message: str, kind: str = "execution") -> None:
        super().__init__(message)
        self.kind = kind

    @property
    def status(self) -> int:
        """The HTTP status that goes with its kind."""
        return STATUS[self.kind]


def unsupported(what: str) -> QueryError:
    """Return the error of something that PromQL has and this evaluator has not."""
    return QueryError(f"{what} is not supported by this store")
