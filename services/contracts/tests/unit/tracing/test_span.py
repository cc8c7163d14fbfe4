from groundplan_contracts.tracing.span import Event, Kind, Span


def test_attributes_of_one_span_are_its_own() -> None:
    """A span that is given none shares them with no other."""
    one, other = (Span(trace_id="t", span_id=each, name="n", start=1, end=2) for each in "ab")
    one.attributes["a"] = 1
    assert {} == other.attributes
    assert (Kind.INTERNAL, (), "") == (other.kind, other.events, other.error)


def test_kinds_are_numbered_as_otlp_numbers_them() -> None:
    """The numbers go over the wire."""
    assert [1, 2, 3, 4, 5] == [int(kind) for kind in Kind]
    assert {} == Event(time=1, name="e").attributes
