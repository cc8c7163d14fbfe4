"""Import blocks are added to a file that is the person's own."""

from pathlib import Path

import pytest

from groundplan.cloud import adopt
from groundplan.errors import UsageError


def test_blocks_are_added(tmp_path: Path) -> None:
    """Each adds one block; what a person wrote stays."""
    adopt.add(tmp_path, adopt.VPC, "vpc-1")
    file = adopt.add(tmp_path, 'module.storage.aws_s3_bucket.this["logs"]', "logs-${x}")
    text = file.read_text()
    assert text.startswith(adopt.HEAD)
    assert 'import {\n  to = module.network.aws_vpc.this\n  id = "vpc-1"\n}\n' in text
    assert 'to = module.storage.aws_s3_bucket.this["logs"]\n  id = "logs-$${x}"' in text


def test_nothing_is_adopted_twice(tmp_path: Path) -> None:
    """A second block for an address is refused; the file stays as it is."""
    file = adopt.add(tmp_path, adopt.VPC, "vpc-1")
    before = file.read_text()
    with pytest.raises(UsageError, match="already"):
        adopt.add(tmp_path, adopt.VPC, "vpc-2")
    assert before == file.read_text()


@pytest.mark.parametrize("address", ["vpc-1", "aws_vpc", "module.network", "aws_vpc.this\n}", ""])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    """Nothing is written for words that Terraform would not read."""
    with pytest.raises(UsageError, match="not the address"):
        adopt.add(tmp_path, address, "vpc-1")
    assert [] == list(tmp_path.iterdir())
