"""What every service of the cluster is bound by."""

from groundplan.targets.kubernetes.argocd import bounds


def test_it_is_what_restricted_asks_for() -> None:
    """The four fields that Pod Security Admission names, and a root that cannot be written."""
    found = bounds.confinement()
    assert (False, True, ["ALL"], "RuntimeDefault", True) == (
        found["allowPrivilegeEscalation"],
        found["runAsNonRoot"],
        found["capabilities"]["drop"],
        found["seccompProfile"]["type"],
        found["readOnlyRootFilesystem"],
    )
    assert bounds.identity()["runAsUser"] > 0


def test_memory_has_an_end() -> None:
    """What is asked for and what is the most."""
    assert {
        "requests": {"cpu": "20m", "memory": "64Mi"},
        "limits": {"cpu": "1", "memory": "128Mi"},
    } == bounds.resources("20m", "64Mi", "128Mi")
