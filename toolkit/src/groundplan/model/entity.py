"""What every part of the model has in common: frozen, strict, camelCase in the file."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel


class Entity(BaseModel):
    """One object of the platform file; unknown keys and wrong types are refused."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
        validate_default=True,
    )


NAME_PATTERN = r"^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$"

Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
"""A DNS label of at most 40 characters: it becomes host names, files and Kubernetes objects."""

Text = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""One line for people."""

Word = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\x00]+$")]
"""What a program is given: any text but none at all."""

MOST = 1_000_000
"""No count is larger; a slip of the finger is."""

Count = Annotated[int, Field(ge=0, le=MOST)]
Positive = Annotated[int, Field(ge=1, le=MOST)]
