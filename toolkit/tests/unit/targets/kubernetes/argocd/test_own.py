"""Argo CD's own values: who may do what in it."""

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes.argocd import own


def test_nobody_signs_in_with_a_password(reference: Platform) -> None:
    """No administrator's account, no guest, no shell in a pod."""
    settings = own.values(reference)["configs"]["cm"]
    keys = ("admin.enabled", "users.anonymous.enabled", "exec.enabled")
    assert ["false", "false", "false"] == [settings[key] for key in keys]


def test_who_is_in_no_group_may_do_nothing(reference: Platform) -> None:
    """There is no role by default."""
    assert "" == own.values(reference)["configs"]["rbac"]["policy.default"]


def test_each_role_holds_the_one_before_and_is_a_groups(reference: Platform) -> None:
    """Rules name the platform's project, and no wildcard as an action."""
    rules = own.policy(reference).splitlines()
    assert "g, role:operator, role:viewer" in rules
    assert "g, role:administrator, role:operator" in rules
    assert "g, groundplan:viewer, role:viewer" in rules
    granted = [rule.split(", ") for rule in rules if rule.startswith("p, ")]
    assert {"groundplan/*"} == {rule[4] for rule in granted}
    assert "*" not in {rule[3] for rule in granted}


def test_traffic_to_it_is_encrypted(reference: Platform) -> None:
    """Its server shows a certificate."""
    assert "false" == own.values(reference)["configs"]["params"]["server.insecure"]


def test_an_application_is_judged_by_what_it_delivers(reference: Platform) -> None:
    """Without a judge of its own a wave would wait for nothing."""
    settings = own.values(reference)["configs"]["cm"]
    script = settings["resource.customizations.health.argoproj.io_Application"]
    assert "obj.status.health.status" in script
