import gc
import subprocess
import sys

from groundplan_backend.footprint import settle

_PROGRAM = """
from groundplan_backend.footprint import shrink
{shrink}
import groundplan_backend.app, sys
print(sum(name in sys.modules and sys.modules[name] is not None
          for name in ("rich", "pydantic", "faker", "polyfactory", "rich_click")))
"""


def _loaded(shrink: str) -> int:
    program = _PROGRAM.format(shrink=shrink)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_serving_loads_no_optional_package() -> None:
    """What libraries would import just because it is installed stays out of the process."""
    assert 0 == _loaded("shrink()")


def test_without_it_they_would_be_loaded() -> None:
    """Negative control: the libraries do import them when nothing stops them."""
    assert 0 < _loaded("")


def test_what_start_has_made_is_not_searched_again() -> None:
    """After settling, a full collection looks at what requests have made and no more."""
    settle()
    try:
        assert gc.get_freeze_count() > 1000
        assert len(gc.get_objects()) < 1000
    finally:
        gc.unfreeze()
