"""The platform that is measured is the reference platform, with limits out of the way."""

import yaml

from bench import ours, peer


def test_only_limits_and_lifetimes_differ_from_the_reference() -> None:
    """What is measured is what `platform.yaml` says, but for four values."""
    reference = yaml.safe_load((peer.ROOT / "platform.yaml").read_text())
    measured = yaml.safe_load(ours.platform_for_bench((peer.ROOT / "platform.yaml").read_text()))

    reference["services"]["backend"]["limits"]["requests"] = ours.LIMIT_REQUESTS
    reference["services"]["backend"]["database"]["poolSize"] = ours.POOL_SIZE
    reference["identity"] |= {"accessToken": "15m", "idle": "2h"}
    assert reference == measured
