"""Objects have names that tell them apart, and findings read as one line."""

from groundplan.admission import finding
from groundplan.admission.finding import Finding, Identity

DEPLOYMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web", "namespace": "shop"},
}
NAMESPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}


def test_versions_of_a_kind_are_one_identity() -> None:
    """Two versions of an API show the same object."""
    older = DEPLOYMENT | {"apiVersion": "apps/v1beta1"}
    assert Identity("apps", "Deployment", "shop", "web") == finding.identity(DEPLOYMENT)
    assert finding.identity(older) == finding.identity(DEPLOYMENT)


def test_objects_of_no_namespace_have_none_in_their_title() -> None:
    """A title says the namespace where there is one."""
    assert "Deployment shop/web" == finding.title(DEPLOYMENT)
    assert "Namespace shop" == finding.title(NAMESPACE)
    assert ("shop", "") == (finding.namespace(DEPLOYMENT), finding.namespace(NAMESPACE))


def test_a_finding_is_one_line() -> None:
    """Object, path and what must hold; no path where the object as a whole is meant."""
    assert "Pod a: spec.x: must be 1" == str(Finding("Pod a", "spec.x", "must be 1"))
    assert "Pod a: must be 1" == str(Finding("Pod a", "", "must be 1"))
