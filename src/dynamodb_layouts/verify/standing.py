"""A root module that stands: applied on a backend, its tables there to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.verify import design
from dynamodb_layouts.verify.line import Line, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from dynamodb_layouts.emulators import Capability, Route
    from dynamodb_layouts.terraform import Root
    from dynamodb_layouts.verify.design import Table
    from dynamodb_layouts.verify.needs import Needs

TABLE = "aws_dynamodb_table"
#: Shown as found when the backend refused the question.
_REFUSED = "refused: "


@dataclass(frozen=True)
class Standing:
    """What checks see of an applied root module.

    `declared` are all tables of its designs, `tables` those of them that stand and are to be judged.
    `resources` are the attributes of every resource instance by address. Generated items are made from
    `seed`. `whole` says that it was applied without targets, so that all that is declared must stand. `needs`
    is what each address needs of a backend, or None once the root was changed after it was made.
    """

    source: Path
    route: Route
    declared: tuple[Table, ...]
    tables: tuple[Table, ...]
    resources: Mapping[str, Mapping[str, Any]]
    seed: int
    whole: bool
    needs: Needs | None
    _addresses: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Find the address of each table."""
        for address, values in self.resources.items():
            if kind_of(address) == TABLE:
                self._addresses[values["name"]] = address

    def only(self, tables: Sequence[Table]) -> Standing:
        """Return the same with some of the tables."""
        return replace(self, tables=tuple(tables))

    def address(self, table: Table) -> str | None:
        """Return the address of the table's resource; None if there is none."""
        return self._addresses.get(table.name)

    def resource(self, table: Table) -> Mapping[str, Any]:
        """Return the attributes of the table's resource; empty if there is none."""
        address = self.address(table)
        return self.resources[address] if address else {}

    def region(self, table: Table) -> str:
        """Return the region of the table, which the module may have chosen itself."""
        arn = str(self.resource(table).get("arn", ""))
        return arn.split(":")[3] if arn.count(":") > 3 else self.route.primary.region  # noqa: PLR2004

    def client(self, table: Table, service: str = "dynamodb", region: str | None = None) -> Any:
        """Return a client of the backend for `service`, in the table's region unless another is given."""
        return self.route.client(service, region or self.region(table))

    def table_of(self, address: str) -> str:
        """Return the key of the table that a resource belongs to: it is the table, or shares its module."""
        for table in self.tables:
            own = self.address(table)
            if own and (address == own or (own.startswith("module.") and address.startswith(_module(own)))):
                return table.key
        return ""

    def line(  # noqa: PLR0913, PLR0917 - it is the line's fields
        self,
        table: str,
        aspect: str,
        subject: str,
        expected: Any,
        found: Any,
        capability: Capability,
        *,
        service: str = "dynamodb",
        why: str = "",
        holds: bool | None = None,
    ) -> Line:
        """Return the line that compares `found` with `expected`, or says `holds` where equality does not.

        A mismatch is `unproven` where the matrix of capabilities says that this backend cannot do it.
        """
        backend = str(self.route.backend_of(service))
        if (found == expected) if holds is None else holds:
            return Line(
                table, aspect, subject, shown(expected), shown(found), "proved", backend, why, capability
            )
        reason = self.route.unproven([capability]).get(capability)
        return Line(
            table,
            aspect,
            subject,
            shown(expected),
            shown(found),
            "unproven" if reason else "false",
            backend,
            reason or why,
            capability,
        )


def stand(  # noqa: PLR0913
    root: Root, route: Route, name: str, seed: int, *, needs: Needs | None = None, whole: bool = True
) -> Standing:
    """Return what stands of an applied root; raises `LayoutsError` when it puts out no valid design."""
    declared = design.read(root.outputs(), name)
    resources = {
        address: values for address, values in root.state().items() if "data" not in _steps(address)[:-2]
    }
    names = {values["name"] for address, values in resources.items() if kind_of(address) == TABLE}
    tables = tuple(table for table in declared if table.name in names)
    return Standing(root.source, route, declared, tables, resources, seed, whole, needs)


def demand_same_backend(standing: Standing) -> None:
    """Refuse to go on where an endpoint that was given has none of the tables that were applied to it.

    Nothing can be said of a root module then: whoever owns the endpoint has started it anew. Raises
    `CannotRunError`.
    """
    backend = standing.route.primary
    if (
        backend.pid is None
        and standing.tables
        and all(_is_gone(standing, table) for table in standing.tables)
    ):
        raise CannotRunError(
            f"{backend} has none of the tables any more that were applied to it: it has been started anew",
            "let it run, and run this again",
        )


def _is_gone(standing: Standing, table: Table) -> bool:
    answer = ask(lambda: standing.client(table).describe_table(TableName=table.name))
    return is_refusal(answer) and "ResourceNotFoundException" in answer


def ask(question: Callable[[], Any]) -> Any:
    """Return the answer to an API call, or what a refusal says, to be compared with what was expected."""
    try:
        return question()
    except ClientError as error:
        return refused(error)


def refused(error: ClientError) -> str:
    """Return a refusal as a report shows it."""
    return f"{_REFUSED}{error.response['Error']['Code']} {error.response['Error'].get('Message', '')}".strip()


def is_refusal(answer: Any) -> bool:
    """Say whether an answer of `ask` is a refusal."""
    return isinstance(answer, str) and answer.startswith(_REFUSED)


def kind_of(address: str) -> str:
    """Return the resource type in an address such as `module.a["x.y"].aws_dynamodb_table.this["k"]`."""
    return _steps(address)[-2] if len(_steps(address)) > 1 else ""


def _module(address: str) -> str:
    """Return the part of an address that names the module, with its last dot."""
    steps = _steps(address)
    return ".".join(steps[:-2]) + "."


def _steps(address: str) -> list[str]:
    """Split an address at its dots, except those inside the brackets of an instance key."""
    steps, depth, quoted = [""], 0, False
    for position, character in enumerate(address):
        if character == '"' and address[position - 1] != "\\":
            quoted = not quoted
        elif not quoted:
            depth += {"[": 1, "]": -1}.get(character, 0)
        if character == "." and depth == 0 and not quoted:
            steps.append("")
        else:
            steps[-1] += character
    return steps
