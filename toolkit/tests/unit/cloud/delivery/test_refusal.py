"""What a cluster's refusals mean."""

import pytest

from groundplan.cloud.delivery import refusal

REFUSALS = {
    "conflict": 'Apply failed with 1 conflict: conflict with "x" using v1: .data.k',
    "pod-security": 'pods "a" is forbidden: violates PodSecurity "restricted:latest": x',
    "quota": 'pods "a" is forbidden: exceeded quota: namespace, requested: cpu=1',
    "webhook": 'admission webhook "a.b" denied the request: no',
    "credentials": "error: You must be logged in to the server (Unauthorized)",
    "forbidden": 'deployments.apps is forbidden: User "x" cannot create resource "deployments"',
    "immutable": 'Deployment "a" is invalid: spec.selector: field is immutable',
    "unknown-kind": 'no matches for kind "ExternalSecret" in version "external-secrets.io/v1"',
    "unknown-field": 'strict decoding error: unknown field "spec.x"',
    "terminating": "namespace shop because it is being terminated",
}


def test_every_hint_has_its_words() -> None:
    """Each refusal finds its own hint, and no hint is without a refusal."""
    found = {
        name: next(each.name for each in refusal.HINTS if each.pattern.search(said))
        for name, said in REFUSALS.items()
    }
    assert {name: name for name in REFUSALS} == found
    assert {each.name for each in refusal.HINTS} == set(REFUSALS)


def test_unknown_words_have_no_hint() -> None:
    """Nothing is made up."""
    assert "" == refusal.advice("the server is on fire")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            'error: Apply failed with 1 conflict: conflict with "kubectl-edit" using apps/v1:'
            " .spec.replicas\nPlease review the fields above--they currently have other managers",
            "conflict: .spec.replicas owned by kubectl-edit",
        ),
        (
            'Apply failed with 3 conflicts: conflicts with "a" using v1:\n- .data.k\n- .data.l\n'
            'conflict with "b": .spec.x',
            "conflict: .data.k, .data.l owned by a; .spec.x owned by b",
        ),
        (
            "E1122 00:00:00.000000 1 memcache.go:265] couldn't get\nThe connection was refused",
            "The connection was refused",
        ),
        ("Error from server (Forbidden): no", "(Forbidden): no"),
    ],
)
def test_words_are_cleared_of_noise(said: str, words: str) -> None:
    """A conflict is its field and owner; log lines of kubectl's own go."""
    assert words == refusal.words(said)


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        ("Unable to connect to the server: dial tcp: i/o timeout", True),
        ("The connection to the server 127.0.0.1:1 was refused", True),
        ("unexpected EOF", True),
        ("failed calling webhook: context deadline exceeded", False),
        ("is forbidden", False),
    ],
)
def test_an_unreachable_cluster_is_known(said: str, is_so: bool) -> None:
    """A webhook that does not answer is not the cluster."""
    assert is_so == refusal.is_unreachable(said)


def test_the_last_word_of_many_is_kept() -> None:
    """The cluster, the words, and that nothing is lost."""
    error = refusal.unreachable("dev", "E1122 x\nUnable to connect to the server: EOF")
    assert "cluster dev cannot be reached: Unable to connect to the server: EOF" == error.message
    assert "can be repeated" in error.hint
