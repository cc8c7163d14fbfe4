"""The page is short: what is shared once, columns, reasons."""

from collections.abc import Callable
from dataclasses import replace

from groundplan.reach import page
from groundplan.reach.verdict import Verdict

Judged = Callable[..., Verdict]


def test_pods_and_groups_are_told_apart(judged: Judged) -> None:
    """What every pod may do stands once, before the others."""
    lines = list(page.page(judged()))
    assert ["pods, by network policies", "  every pod"] == lines[:2]
    assert 1 == sum("kube-dns" in line for line in lines)
    assert "security groups, by Terraform's rules" in lines
    words = "database tcp 5432 backend calls database"
    assert words in {" ".join(line.split()) for line in lines}


def test_one_party_is_shown_with_everything(judged: Judged) -> None:
    """What it can reach, names of services too."""
    assert [
        "pods, by network policies",
        "  authz",
        "    cache                 tcp 6379        authz calls cache",
        "    collector             tcp 4318        spans of authz",
        "    kube-system/kube-dns  tcp 53, udp 53  names of services",
    ] == list(page.page(judged(), origin="authz"))


def test_callers_of_one_party_are_shown(judged: Judged) -> None:
    """Who can reach it."""
    lines = list(page.page(judged(), target="frontend"))
    assert "  aws/load-balancer" == lines[1]
    assert "  monitoring/prometheus" == lines[3]
    assert 5 == len(lines)


def test_nobody_is_shown_as_nothing(judged: Judged) -> None:
    """Where no way leads, no line stands."""
    assert [] == list(page.page(judged(), origin="frontend", target="database"))


def test_what_is_not_meant_is_marked(judged: Judged) -> None:
    """In the place of a reason."""
    more = {
        "kind": "NetworkPolicy",
        "metadata": {"name": "mine", "namespace": "groundplan"},
        "spec": {"podSelector": {}, "ingress": [{}]},
    }
    lines = list(page.page(judged(more=more), origin="elsewhere/anybody", target="cache"))
    assert "    cache  any port  not meant" == lines[-1]


def test_a_way_of_many_arrows_is_cut_short(judged: Judged) -> None:
    """Pods share their nodes' group, so one way may carry hundreds of arrows."""
    verdict = judged()
    ways = {way: tuple(f"arrow-{number}" for number in range(9)) for way in verdict.ways}
    lines = list(page.page(replace(verdict, ways=ways), target="load-balancer"))
    assert lines[-1].endswith("arrow-0, arrow-1, arrow-2, arrow-3, arrow-4, 4 more")
