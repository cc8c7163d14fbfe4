"""Budgets and how fast they burn."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import objectives
from groundplan.targets.monitoring.rules.rule import Alert, Record
from groundplan.targets.monitoring.rules.window import Clock

Made = Callable[[str], Platform]


def rules(platform: Platform, scale: float = 1) -> list[Record | Alert]:
    return [rule for group in objectives.groups(platform, Clock(scale)) for rule in group.rules]


def test_without_objectives_there_is_nothing(platform_with: Made) -> None:
    """No group without a rule."""
    assert [] == list(objectives.groups(platform_with("objectives: {slos: null}"), Clock()))


def test_each_objective_has_a_page_and_a_ticket(platform_with: Made) -> None:
    """The page for two pairs of windows, the ticket for the longest."""
    found = [rule for rule in rules(platform_with("")) if isinstance(rule, Alert)]
    assert 4 == len(found)
    page = found[0]
    assert ("page", "api-availability") == (page.severity, page.labels["slo"])
    for part in ("> 0.0144 and", "> 0.006 and", "rate1h", "increase6h", "* 3600 >= 10"):
        assert part in page.expression
    assert "> 0.001 and" in found[1].expression


def test_what_can_never_be_reached_is_not_asked(platform_with: Made) -> None:
    """Of an objective of 90%, 14.4 times the budget is more than all requests."""
    text = "objectives: {slos: {lax: {service: backend, availability: 90%}}}"
    found = [r for r in rules(platform_with(text)) if r.labels.get("slo") == "lax"]
    page = next(rule for rule in found if isinstance(rule, Alert))
    assert ("> 0.6 and" in page.expression, "1.44" in page.expression) == (True, False)


def test_long_windows_count_only_as_far_as_they_were_seen(platform_with: Made) -> None:
    """A platform of an hour has spent little of a month."""
    found = {rule.name: rule.expression for rule in rules(platform_with(""))}
    weighed = [name for name, expression in found.items() if "clamp_max" in expression]
    ratios = {
        f"slo:error_ratio:{window}"
        for window in ("rate1h", "increase6h", "increase3d", "increase30d")
    }
    assert {*ratios, "slo:window:seen_ratio"} == set(weighed)


def test_a_rehearsal_keeps_the_names_and_shortens_the_windows(platform_with: Made) -> None:
    """Who reads the series need not know of it."""
    usual, short = rules(platform_with("")), rules(platform_with(""), 20)
    assert [rule.name for rule in usual] == [rule.name for rule in short]
    assert any("[15s]" in rule.expression for rule in short)
    assert any("[5m]" in rule.expression for rule in usual)


def test_what_an_objective_means_is_a_label_where_the_file_says_it(platform_with: Made) -> None:
    """The console shows it; who says nothing has no such series."""
    text = "objectives: {slos: {lax: {service: backend, availability: 90%%%s}}}"
    said, unsaid = (
        [r.labels["description"] for r in rules(platform_with(text % more))
         if r.name == "slo:objective:info" and r.labels["slo"] == "lax"]
        for more in (", description: Orders are taken", "")
    )  # fmt: skip
    assert (["Orders are taken"], []) == (said, unsaid)
