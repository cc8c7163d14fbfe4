"""Words that were probably meant."""

from groundplan.loader.suggest import suggest


def test_suggests_the_nearest() -> None:
    """A slip of the finger is recognised, whatever its case; a stranger is not."""
    known = ("replicas", "resources", "nodeGroups")
    assert "did you mean `replicas`?" == suggest("replica", known)
    assert "did you mean `nodeGroups`?" == suggest("NodeGroup", known)
    assert "" == suggest("kubernetes", known)
    assert "" == suggest("x", ())
