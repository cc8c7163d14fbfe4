"""The platform that is measured is the reference platform, with limits out of the way."""

import yaml

from bench import ours, peer


def test_only_limits_and_lifetimes_differ_from_the_reference() -> None:
    """What is measured is what `platform.yaml` says, but for five values."""
    reference = yaml.safe_load((peer.ROOT / "platform.yaml").read_text())
    measured = yaml.safe_load(ours.platform_for_bench((peer.ROOT / "platform.yaml").read_text()))

    reference["services"]["backend"]["limits"]["requests"] = ours.LIMIT_REQUESTS
    reference["services"]["backend"]["database"]["poolSize"] = ours.POOL_SIZE
    reference["environments"]["local"]["observability"]["traces"]["sampling"] = ours.SAMPLING
    login = next(
        route
        for route in reference["services"]["backend"]["routes"]
        if route["path"] == "/api/v1/identity/sign-in"
    )
    login["limit"]["requests"] = ours.LIMIT_REQUESTS
    reference["identity"] |= {"accessToken": "15m", "idle": "2h"}
    assert reference == measured


def test_more_may_be_traced() -> None:
    """Nothing but the sampling is other then."""
    text = (peer.ROOT / "platform.yaml").read_text()
    usual = yaml.safe_load(ours.platform_for_bench(text))
    traces = usual["environments"]["local"]["observability"]["traces"]
    traces["sampling"] = "100%"
    assert usual == yaml.safe_load(ours.platform_for_bench(text, "100%"))
