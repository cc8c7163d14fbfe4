import pytest

from groundplan.targets.gateway import replies
from groundplan_contracts import problem

MAPPERS = replies.local_replies()["mappers"]


def mapper(status):
    def fits(each):
        comparison = each["filter"].get("status_code_filter", {}).get("comparison", {})
        return comparison.get("value", {}).get("default_value") == status

    return next(each for each in MAPPERS if fits(each))


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "unauthenticated"), (404, "not_found"), (413, "payload_too_large"), (503, None)],
)
def test_answers_are_problems(status, code):
    """Envoy's own answers have the shape and the codes of every service."""
    shape = mapper(status)["body_format_override"]
    assert problem.MEDIA_TYPE == shape["content_type"]
    assert (code or "dependency_unavailable") == shape["json_format"]["code"]


@pytest.mark.parametrize(("status", "says"), [(429, True), (503, True), (404, False)])
def test_who_may_come_again_is_told_when(status, says):
    """What passes with time says when to try again."""
    keys = [each["header"]["key"] for each in mapper(status)["headers_to_add"]]
    assert says is ("retry-after" in keys)


def test_written_answers_come_first():
    """What the authorisation service has written is not written over."""
    first = MAPPERS[0]["filter"]["extension_filter"]["typed_config"]["expression"]
    assert "ext_authz_denied" in first
    assert "content_type" not in MAPPERS[0]["body_format_override"]
