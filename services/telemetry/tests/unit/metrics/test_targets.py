"""What is collected from, made of the settings."""

from pathlib import Path

import msgspec
import pytest

from groundplan_telemetry import settings
from groundplan_telemetry.metrics import targets
from groundplan_telemetry.metrics.targets import Sources
from groundplan_telemetry.records.requests import Requests
from groundplan_telemetry.settings import Exporter, SettingError, Settings

WHO = {"job": "api", "instance": "api-1"}


def _full(given: Settings, key_file: Path) -> Settings:
    target = settings.Target(**WHO, url="http://a/metrics", key_file=str(key_file), interval=7.0)
    other = Exporter(**{**WHO, "job": "database"}, url_file=str(key_file), labels={"pod": "p"})
    return msgspec.structs.replace(
        given,
        scrape=(target,),
        postgres=other,
        redis=msgspec.structs.replace(other, job="cache"),
        nginx=(msgspec.structs.replace(other, job="frontend", url="http://b/"),),
        host=msgspec.structs.replace(other, job="node", folder="/"),
    )


async def test_every_place_is_a_target(settings: Settings, key_file: Path) -> None:
    """What is scraped and what is asked have their job, instance, labels and interval."""
    sources = Sources(Requests(["api-1"]))
    found = sources.targets(_full(settings, key_file))
    jobs = {each.own["job"]: each for each in found}
    assert {"api", "database", "cache", "frontend", "node"} == set(jobs)
    assert ({**WHO, "job": "cache", "pod": "p"}, 7.0) == (jobs["cache"].own, jobs["api"].interval)
    await sources.close()


async def test_a_key_that_is_missing_is_told(settings: Settings, tmp_path: Path) -> None:
    """A target whose key cannot be read is an error of the settings."""
    with pytest.raises(SettingError, match="cannot be read"):
        Sources(Requests([])).targets(_full(settings, tmp_path / "none"))


async def test_targets_are_shown_as_prometheus_does(settings: Settings, key_file: Path) -> None:
    """A target shows its labels, its health and what it said last."""
    sources = Sources(Requests([]))
    found = sources.targets(_full(settings, key_file))[0]
    shown = targets.shown(found)
    assert ("unknown", "7s") == (shown["health"], shown["scrapeInterval"])
    assert ("api", WHO) == (shown["scrapePool"], shown["labels"])
    assert "key" not in repr(shown)
    await sources.close()
