"""Kinds as projects list them."""

from groundplan.targets.kubernetes.argocd.kinds import listed


def test_each_kind_stands_with_its_group() -> None:
    """One entry a kind, in the order in which they were written."""
    assert [
        {"group": "", "kind": "Secret"},
        {"group": "apps", "kind": "Deployment"},
        {"group": "apps", "kind": "DaemonSet"},
    ] == listed({"": ("Secret",), "apps": ("Deployment", "DaemonSet")})
