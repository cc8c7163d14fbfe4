"""One environment, applied once to simulated AWS and read back by other means than ours."""

import pytest

from groundplan import loader
from groundplan.model.platform import Platform
from tests.cloud.apply import ENVIRONMENT, ROOT, Applied, UnderWay


@pytest.fixture(scope="session")
def platform() -> Platform:
    """Return what the file says."""
    return loader.load(str(ROOT / "platform.yaml"), ENVIRONMENT)


@pytest.fixture(scope="session")
def applied(apply_under_way: UnderWay) -> Applied:
    """Return the environment when it is applied."""
    code = apply_under_way.process.wait()
    words = (apply_under_way.data / "words").read_text()
    assert 0 == code, words
    return Applied(apply_under_way.data, words)
