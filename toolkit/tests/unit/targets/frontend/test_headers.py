"""Headers of every answer."""

from groundplan.targets.frontend import headers


def test_the_policy_allows_no_inline_code_and_no_other_host():
    """Scripts and styles are files of ours; nothing inline, nothing evaluated, nothing foreign."""
    policy = dict(part.split(" ", 1) for part in headers.SITE_POLICY)
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert not [part for part in headers.SITE_POLICY if "unsafe" in part or "http" in part]


def test_https_is_promised_only_when_asked_for():
    """Strict-Transport-Security over plain HTTP would be a lie that browsers ignore."""
    said = "\n".join(headers.on_every_answer(https=False))
    assert "Strict-Transport-Security" not in said
    assert "max-age=63072000" in "\n".join(headers.on_every_answer(https=True))


def test_what_the_edge_decides_is_not_said_twice():
    """Each fixed header of the API's answer is dropped, so that the edge's is the only one."""
    dropped = {each.split()[1].rstrip(";") for each in headers.dropped_from_upstream()}
    assert dropped == {*headers.FIXED, "Strict-Transport-Security"}


def test_every_header_is_sent_with_errors_too():
    """Each add_header says `always`; without it errors would go out bare."""
    added = headers.on_every_answer(https=True)
    assert [each for each in added if not each.endswith("always;")] == []
