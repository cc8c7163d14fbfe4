"""Every line that Terraform prints becomes an event, whatever it is."""

import json

from groundplan.cloud import event
from groundplan.cloud.event import Diagnostic, Event


def test_a_step_is_read() -> None:
    """Kind, address and action of a step."""
    line = {
        "@message": "aws_vpc.this: Creating...",
        "type": "apply_start",
        "hook": {"resource": {"addr": "module.network.aws_vpc.this"}, "action": "create"},
    }
    expected = Event(
        "apply_start", "module.network.aws_vpc.this", "create", "aws_vpc.this: Creating..."
    )
    assert expected == event.parse(json.dumps(line))


def test_a_diagnostic_keeps_its_words() -> None:
    """Summary, detail and address, as they are shown to people."""
    told = {"severity": "error", "summary": "no", "detail": "because\n", "address": "aws_vpc.this"}
    found = event.parse(json.dumps({"type": "diagnostic", "diagnostic": told})).diagnostic
    assert Diagnostic("error", "no", "because\n", "aws_vpc.this") == found
    assert "aws_vpc.this: no\nbecause" == str(found)


def test_what_is_no_json_is_kept_as_text() -> None:
    """A panic or a plugin's own words are not lost."""
    assert [Event("text", message="panic: x"), Event("text", message="17")] == [
        event.parse(line) for line in ("panic: x\n", "17")
    ]


def test_the_last_words_of_a_state_are_kept() -> None:
    """The state that Terraform could write nowhere is in the event, and not in its repr."""
    found = event.parse(json.dumps({"type": "log", "state": {"serial": 7}}))
    assert {"serial": 7} == json.loads(found.state)
    assert "serial" not in repr(found)
