"""Tables in AWS to the file that adopts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dynamodb_layouts.adopt import document
from dynamodb_layouts.adopt.aws import Aws
from dynamodb_layouts.adopt.declare import declare
from dynamodb_layouts.adopt.found import find
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dynamodb_layouts.adopt.declaration import Declaration

#: The shape TableName of the DynamoDB API, 2012-08-10, as CreateTable takes it.
_NAME = re.compile(r"[a-zA-Z0-9_.-]{3,255}")
#: Where the module is unless it is said: cloned beside the configuration, as the README has it.
SOURCE = "./terraform-aws-dynamodb-layouts"


@dataclass(frozen=True)
class Adoption:
    """The file as text, and what a person should know of it: a sentence each, with the table's name."""

    text: str
    remarks: tuple[str, ...]
    declarations: tuple[Declaration, ...]


def adopt(
    tables: Sequence[str], *, source: str = SOURCE, region: str | None = None, profile: str | None = None
) -> Adoption:
    """Read tables and return the HCL that adopts them; changes nothing in AWS.

    `tables` are names, or `KEY=NAME` for another map key than the name. `source` is where the module is, as
    Terraform takes it. Region, profile and endpoint are found as Terraform and boto3 find them.

    Raises `CannotRunError` for a table that is not there or has what the module cannot declare, for keys that
    stand twice, and where AWS cannot be asked.
    """
    named = [_named(each) for each in tables]
    for what, kind in ((0, "key"), (1, "table")):
        values = [each[what] for each in named]
        if twice := next((value for value in values if values.count(value) > 1), None):
            raise CannotRunError(f"{kind} {twice!r} stands there twice", "name each once")
    aws = Aws(region, profile)
    declarations = tuple(declare(find(aws, table), key) for key, table in named)
    remarks = [
        f'table "{table}": {saying}'
        for (_, table), declaration in zip(named, declarations, strict=True)
        for saying in document.sayings(declaration)
    ]
    remarks += [f"{missing}; taken for none." for missing in aws.not_offered]
    return Adoption(document.render(declarations, source, aws.region), tuple(remarks), declarations)


def _named(text: str) -> tuple[str, str]:
    """Return map key and name of a table; a name can have no `=` in it."""
    key, separator, name = text.rpartition("=")
    if name.startswith("arn:"):
        raise CannotRunError(f"{name!r} is an ARN", "write the table's name, and its region with --region")
    if not _NAME.fullmatch(name) or bool(key) != bool(separator):
        raise CannotRunError(
            f"{text!r} is no table", "write its name, 3 to 255 letters, digits, _, - or ., or KEY=NAME"
        )
    return key or name, name
