"""Whom Alertmanager tells; its routes are asked of the real amtool elsewhere."""

import re
from collections.abc import Callable

from groundplan.cli.render import place
from groundplan.model import alert
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import alertmanager, rules


def test_no_secret_stands_in_it(platform_with: Callable[[str], Platform]) -> None:
    """The key and the pager's address are read from files of one Secret."""
    platform = platform_with("")
    found = alertmanager.config(platform, place(platform, "prod"))
    console = found["receivers"][1]["webhook_configs"][0]
    assert f"https://{platform.domain}{alert.INCIDENTS}" == console["url"]
    told = console["http_config"]["authorization"]["credentials_file"]
    assert told.startswith(alertmanager.FOLDER)
    pager = found["receivers"][2]["slack_configs"][0]
    assert pager["api_url_file"].startswith(alertmanager.FOLDER)


def test_what_is_left_unsaid_names_alerts_that_exist(
    platform_with: Callable[[str], Platform],
) -> None:
    """A misspelt name would inhibit nothing, silently."""
    platform = platform_with("")
    found = alertmanager.config(platform, place(platform, "prod"))
    named = {
        name
        for rule in found["inhibit_rules"]
        for matcher in (*rule["source_matchers"], *rule["target_matchers"])
        if matcher.startswith("alertname")
        for name in matcher.partition('"')[2].rstrip('"').split("|")
    }
    assert named
    assert set() == named - set(alert.NAMES)


def test_who_is_woken_is_told_what_alerts_say(platform_with: Callable[[str], Platform]) -> None:
    """The pager's text has what is so, why it matters and the runbook, as every alert has them."""
    platform = platform_with("")
    placed = place(platform, "prod")
    text = alertmanager.config(platform, placed)["receivers"][2]["slack_configs"][0]["text"]
    told = set(re.findall(r"\.Annotations\.(\w+)", text))
    assert {"summary", "description", "runbook"} == told
    time = rules.clock(platform, placed)
    every = [each.plain(time)["annotations"] for each in rules.alerts(platform, placed)]
    assert [] == [said for said in every if not all(said[each] for each in told)]
