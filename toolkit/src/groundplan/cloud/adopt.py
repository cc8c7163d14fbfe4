"""Adopts what is in the account already: `import` blocks in a file beside the rendered ones.

The file is the person's own: rendering never touches it. Terraform takes the resources over at
the next apply; the blocks may stay after that.
"""

import json
import re
from pathlib import Path
from typing import Final

from groundplan.errors import UsageError

FILE: Final = "imports.tf"
VPC: Final = "module.network.aws_vpc.this"
DATABASE: Final = "module.database.aws_db_instance.this"
HEAD: Final = (
    "# Resources that were there before: Terraform takes them over at the next apply.\n"
    "# Written by ./run import and yours to edit; rendering leaves it alone.\n"
)
INDEX: Final = r"(\[(\"[^\"\]]+\"|\d+)\])?"
ADDRESS: Final = re.compile(
    rf"(module\.[A-Za-z_][\w-]*{INDEX}\.)*[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*{INDEX}"
)


def add(folder: Path, address: str, number: str) -> Path:
    """Add a block to the file of an environment's folder, and return the file.

    Args:
        folder: holds the rendered .tf files.
        address: what it is called in the Terraform: `module.network.aws_vpc.this`.
        number: what AWS calls it: `vpc-0123456789abcdef0`, `orders-db`.

    Raises:
        UsageError: the address is none, or it is in the file already.
    """
    if not ADDRESS.fullmatch(address):
        hint = f"write it as Terraform does, such as {VPC}"
        raise UsageError(f"{address} is not the address of a resource", hint=hint)
    file = folder / FILE
    text = file.read_text(encoding="utf-8") if file.exists() else HEAD
    if re.search(rf"^\s*to\s*=\s*{re.escape(address)}\s*$", text, re.MULTILINE):
        raise UsageError(f"{address} is in {file} already", hint="change the block there")
    file.write_text(f"{text}\n{_block(address, number)}", encoding="utf-8")
    return file


def _block(address: str, number: str) -> str:
    written = json.dumps(number, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    return f"import {{\n  to = {address}\n  id = {written}\n}}\n"
