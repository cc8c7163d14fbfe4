"""Words that were probably meant."""

import time

from groundplan.loader.suggest import suggest


def test_suggests_the_nearest() -> None:
    """A slip of the finger is recognised, whatever its case; a stranger is not."""
    known = ("replicas", "resources", "nodeGroups")
    assert "did you mean `replicas`?" == suggest("replica", known)
    assert "did you mean `nodeGroups`?" == suggest("NodeGroup", known)
    assert "" == suggest("kubernetes", known)
    assert "" == suggest("x", ())


def test_long_lists_are_compared_in_time() -> None:
    """Hundreds of strangers among hundreds of words take no noticeable time."""
    known = [f"service-number-{n}" for n in range(500)]
    began = time.perf_counter()
    hints = [suggest(f"service-nummer-{n}", known) for n in range(100)]
    assert all(hint.startswith("did you mean `service-number-") for hint in hints)
    assert time.perf_counter() - began < 5.0
