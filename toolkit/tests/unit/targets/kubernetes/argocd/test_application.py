"""One application: kept in step without anybody pressing a button."""

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes.argocd import application
from groundplan.targets.kubernetes.argocd.application import Application

Make = Callable[..., dict[str, Any]]


@pytest.fixture
def made(reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]) -> Make:
    """Return what renders an application with changes."""

    def render(**changes: Any) -> dict[str, Any]:
        told = {"name": "shop", "project": "shop", "namespace": "shop", "wave": 3, **changes}
        told.setdefault("sources", [{"repoURL": "https://github.com/a/b.git", "path": "x"}])
        found = application.rendered(reference, in_cluster(reference), Application(**told))
        return dict(valid([found])[0])

    return render


def test_what_differs_is_corrected_and_what_is_gone_removed(made: Make) -> None:
    """Self-heal and prune, the removal last, and repeated when it fails."""
    policy = made()["spec"]["syncPolicy"]
    assert {"prune": True, "selfHeal": True, "allowEmpty": False} == policy["automated"]
    assert {"CreateNamespace=false", "ServerSideApply=true", "PruneLast=true"} <= set(
        policy["syncOptions"]
    )
    assert 5 == policy["retry"]["limit"]


def test_its_wave_is_its_place_in_the_order(made: Make) -> None:
    """It stands in Argo CD's own namespace."""
    meta = made()["metadata"]
    assert ("3", "argocd") == (
        meta["annotations"]["argocd.argoproj.io/sync-wave"],
        meta["namespace"],
    )


def test_several_sources_are_one_application(made: Make) -> None:
    """One is a source, more are sources; Argo CD knows no empty list."""
    two = [{"repoURL": "https://github.com/a/b.git", "path": each} for each in ("x", "y")]
    assert "sources" not in made()["spec"]
    assert two == made(sources=two)["spec"]["sources"]


def test_a_namespace_of_its_own_is_made_with_labels(made: Make) -> None:
    """Only where labels are given; else it must be there."""
    policy = made(labels={"a": "b"})["spec"]["syncPolicy"]
    assert {"labels": {"a": "b"}} == policy["managedNamespaceMetadata"]
    assert "CreateNamespace=true" in policy["syncOptions"]


def test_the_schema_refuses_a_misspelt_field(made: Make, valid: Callable[..., Any]) -> None:
    """What these tests believe in can say no."""
    with pytest.raises(jsonschema.ValidationError, match="targetRevison"):
        made(sources=[{"repoURL": "https://github.com/a/b.git", "targetRevison": "main"}])
