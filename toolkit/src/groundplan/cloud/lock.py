"""Who holds the state's lock, read from Terraform's refusal."""

import re
from dataclasses import dataclass
from typing import Final

from groundplan.cloud.event import Diagnostic

REFUSAL: Final = "Error acquiring the state lock"
FIELD: Final = re.compile(r"^\s*(ID|Operation|Who|Created):[ \t]*(\S.*?)\s*$", re.MULTILINE)
SECONDS: Final = re.compile(r"(:\d\d)\.\d+ .*$")
OPERATIONS: Final = {
    "OperationTypeApply": "an apply or destroy",
    "OperationTypePlan": "a plan",
    "OperationTypeRefresh": "a refresh",
}


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that another holds."""

    number: str
    who: str
    since: str
    work: str

    def __str__(self) -> str:
        return f"the state is locked by {self.who} since {self.since}, for {self.work}"


def read(diagnostic: Diagnostic) -> Lock | None:
    """Return the lock that a refusal tells of; None where it is about something else."""
    if diagnostic.summary != REFUSAL:
        return None
    said = dict(FIELD.findall(diagnostic.detail))
    if "ID" not in said:
        return None
    operation = said.get("Operation", "")
    return Lock(
        number=said["ID"],
        who=said.get("Who", "somebody"),
        since=SECONDS.sub(r"\1 UTC", said.get("Created", "some time")),
        work=OPERATIONS.get(operation, "some work"),
    )
