"""Type constraints of variables, read from HCL: which fields an object has, and which of them it must have.

The grammar: https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[(){}\[\]=,:]|[^\s(){}\[\]=,:"]+')


class BadTypeError(ValueError):
    """The text is no type constraint."""


@dataclass
class Type:
    """A type constraint: `text` without the fields of objects, and these fields."""

    text: str
    fields: dict[str, Field] = field(default_factory=dict)


@dataclass
class Field:
    """One attribute of an object type; `default` is HCL, or None where there is none."""

    type: Type
    required: bool
    default: str | None = None

    def annotation(self) -> str:
        """Return type and default as they stand beside the name in a list."""
        if self.required:
            return f"{self.type.text}, required"
        return self.type.text if self.default is None else f"{self.type.text}, default `{self.default}`"


def parse_type(text: str) -> Type:
    """Return the type constraint that `text` is the HCL of. Raises `BadTypeError` when it is none."""
    tokens = _TOKEN.findall(text.removeprefix("${").removesuffix("}") if text.startswith("${") else text)
    try:
        found = _type(tokens)
    except IndexError:
        raise BadTypeError(f"the type ends too early: {text}") from None
    if tokens:
        raise BadTypeError(f"cannot read the type {text}")
    return found


def _type(tokens: list[str]) -> Type:
    name = tokens.pop(0)
    if not tokens or tokens[0] != "(":
        return Type(name)
    tokens.pop(0)
    if tokens[0] == "{":
        inner = Type("", dict(_fields(tokens)))
        text = name
    else:
        inner = _type(tokens)
        text = f"{name}({inner.text})"
    _drop(tokens, ")")
    return Type(text, inner.fields)


def _fields(tokens: list[str]) -> Iterator[tuple[str, Field]]:
    _drop(tokens, "{")
    while tokens[0] != "}":
        name = tokens.pop(0).strip('"')
        _drop(tokens, "=")
        if tokens[0] == "optional":
            del tokens[:2]
            inner = _type(tokens)
            default = None
            if tokens[0] == ",":
                tokens.pop(0)
                default = _expression(tokens)
            _drop(tokens, ")")
            yield name, Field(inner, required=False, default=default)
        else:
            yield name, Field(_type(tokens), required=True)
        if tokens[0] == ",":
            tokens.pop(0)
    _drop(tokens, "}")


def _expression(tokens: list[str]) -> str:
    """Take what stands before the parenthesis that closes `optional(`; return it as HCL."""
    text, depth = "", 0
    while depth or tokens[0] != ")":
        part = tokens.pop(0)
        depth += (part in "([{") - (part in ")]}")
        text += {",": ", ", "=": " = "}.get(part, part)
    return text


def _drop(tokens: list[str], expected: str) -> None:
    if tokens.pop(0) != expected:
        raise BadTypeError(f"expected {expected} before {' '.join(tokens[:8])}")
