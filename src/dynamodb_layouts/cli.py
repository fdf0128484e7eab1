"""The command line: `dynamodb-layouts verify`, `dynamodb-layouts adopt`, `dynamodb-layouts emulator`."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import sys
import traceback
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

from dynamodb_layouts import files
from dynamodb_layouts.errors import CannotRunError, LayoutsError, is_full, out_of_room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from dynamodb_layouts.verify import Report
    from dynamodb_layouts.verify.progress import Watcher

#: Exit code of a run that a signal stopped, as shells have it: 128 and the signal's number.
_SIGNAL_BASE = 128
#: Where `--debug`, which stands before the command, is kept for the end.
_DEBUG = "DYNAMODB_LAYOUTS_DEBUG"
#: Columns of a report that goes to no terminal.
_WIDTH = 160


class StoppedError(KeyboardInterrupt):
    """A signal asked the run to stop; it stops as it does on Ctrl-C."""

    def __init__(self, number: int) -> None:
        """Keep the signal's number."""
        super().__init__()
        self.number = number


class _App(typer.Typer):
    """A typer application whose user never sees a traceback that he has not asked for."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line and exit; with 2 when it could not do its work."""
        errors = Console(stderr=True)
        try:
            return super().__call__(*args, **kwargs)
        except LayoutsError as error:
            _say(errors, f"error: {error}")
            sys.exit(error.exit_code)
        except OSError as error:
            if not is_full(error):
                _unexpected(errors, error)
            _say(errors, f"error: {out_of_room('cannot go on', error)}")
            sys.exit(CannotRunError.exit_code)
        except Exception as error:  # noqa: BLE001 - the last resort
            _unexpected(errors, error)


def _unexpected(errors: Console, error: Exception) -> NoReturn:
    if os.environ.get(_DEBUG):
        traceback.print_exc()
    else:
        said = " ".join(str(error).split()) or "no message"
        kind = type(error).__name__
        _say(errors, f"error: {kind}: {said}; please report this, with what --debug shows")
    sys.exit(CannotRunError.exit_code)


app = _App(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Proves Terraform modules for Amazon DynamoDB on an emulator.",
)
emulator_app = typer.Typer(no_args_is_help=True, help="Emulators for work by hand.")
app.add_typer(emulator_app, name="emulator")


class Backend(StrEnum):
    """A backend that can be asked for."""

    AUTO = "auto"
    LOCALSTACK = "localstack"
    MINISTACK = "ministack"
    MOTO = "moto"


BackendOption = Annotated[
    Backend,
    typer.Option(
        help="Backend that holds the tables. auto: AWS_ENDPOINT_URL, else LocalStack, else ministack."
    ),
]


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(metadata.version("dynamodb-layouts"))
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[  # noqa: ARG001 - its callback does it, before a command is asked for
        bool,
        typer.Option("--version", callback=_print_version, help="Print the version and exit.", is_eager=True),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")
    ] = False,
) -> None:
    """Prove Terraform modules for Amazon DynamoDB on an emulator."""
    if debug:
        os.environ[_DEBUG] = "1"


@app.command()
def verify(  # noqa: PLR0913 - one an option
    paths: Annotated[list[Path], typer.Argument(help="Folders of root modules.", metavar="PATH")],
    *,
    backend: BackendOption = Backend.AUTO,
    jobs: Annotated[
        int | None, typer.Option(help="Roots at a time; one a processor if not given.", min=1)
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Write the report as JSON; - for standard output.", metavar="FILE"),
    ] = None,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", help="Write the report as JUnit XML.", metavar="FILE")
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(help="Make the same items for access patterns as the run that named this seed.", min=0),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let unproven lines fail, too.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every line.")] = False,
) -> None:
    """Apply each root module in a copy, compare what is there with its design, use it, plan again, destroy.

    Exit code 0: all proved. 1: something is false. 2: could not run. 130: stopped by Ctrl-C.
    """
    from dynamodb_layouts.verify import Verifier  # noqa: PLC0415 - boto3 and rich take a second to import

    for file in (json_file, junit_file):
        if file is not None and file != Path("-"):
            files.demand_writable(file)
    errors = Console(stderr=True)
    with _stopped_by_signals(), _watcher(errors) as watcher:
        verifier = Verifier(backend, jobs=jobs, watcher=watcher, seed=seed)
        try:
            with verifier:
                report = verifier.verify(paths)
        except KeyboardInterrupt:
            ended = ", ".join(str(emulator) for emulator in verifier.ended) or "none had been started"
            watcher.say(f"stopped: what had been applied is destroyed; emulators ended: {ended}")
            raise
    _write(report, json_file, junit_file, strict=strict, verbose=verbose)
    raise typer.Exit(report.exit_code(strict=strict))


@app.command()
def adopt(
    tables: Annotated[
        list[str],
        typer.Argument(
            help="Tables, each by its name; KEY=NAME for another key in the map.", metavar="TABLE"
        ),
    ],
    *,
    region: Annotated[
        str | None, typer.Option(help="Region of the tables; AWS_REGION or the profile's if not given.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="Profile of ~/.aws/config; AWS_PROFILE's if not given.")
    ] = None,
    module_source: Annotated[
        str, typer.Option(help="Where the module is, as Terraform takes it.", metavar="SOURCE")
    ] = "./terraform-aws-dynamodb-layouts",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="New file to write; else standard output.")
    ] = None,
) -> None:
    """Read tables in AWS and write the HCL that brings them under the module; changes nothing.

    Exit code 0: written. 2: could not be read, or has what the module cannot declare.
    """
    from dynamodb_layouts.adopt import adopt  # noqa: PLC0415

    if output:
        files.demand_new(output)
    with _stopped_by_signals():
        adoption = adopt(tables, source=module_source, region=region, profile=profile)
    if output:
        files.write(output, adoption.text, new=True)
    else:
        typer.echo(adoption.text, nl=False)
    errors = Console(stderr=True)
    for remark in adoption.remarks:
        _say(errors, remark)


@emulator_app.command("start")
def emulator_start(
    backend: BackendOption = Backend.AUTO,
    port: Annotated[int | None, typer.Option(help="Port on 127.0.0.1; any free one if not given.")] = None,
) -> None:
    """Start an emulator that goes on running, and print the environment to use it: eval "$(... start)"."""
    from dynamodb_layouts import emulators  # noqa: PLC0415

    errors = Console(stderr=True)
    with _stopped_by_signals():
        emulator = emulators.start_detached(backend, port=port, progress=lambda text: _say(errors, text))
    for name, value in emulator.environment().items():
        typer.echo(f"export {name}={shlex.quote(value)}")
    _say(errors, f"{emulator} runs at {emulator.endpoint_url}")


@emulator_app.command("status")
def emulator_status() -> None:
    """Say which emulators run that `emulator start` has started. Exit code 1 if there is none."""
    from dynamodb_layouts import emulators  # noqa: PLC0415

    running = emulators.status()
    for emulator in running:
        typer.echo(f"{emulator} runs at {emulator.endpoint_url} (process {emulator.pid})")
    if not running:
        _say(Console(stderr=True), "no emulator runs; start one with: dynamodb-layouts emulator start")
        raise typer.Exit(1)


@emulator_app.command("stop")
def emulator_stop(
    backend: Annotated[Backend | None, typer.Option(help="The one to stop; all if not given.")] = None,
) -> None:
    """Stop the emulators that `emulator start` has started, and print how to forget their environment."""
    from dynamodb_layouts import emulators  # noqa: PLC0415

    errors = Console(stderr=True)
    stopped = emulators.stop_detached(None if backend in (None, Backend.AUTO) else backend.value)
    for emulator in stopped:
        for name in emulator.environment():
            typer.echo(f"unset {name}")
        _say(errors, f"{emulator} is stopped")
    if not stopped:
        _say(errors, "no emulator ran")


def _write(
    report: Report, json_file: Path | None, junit_file: Path | None, *, strict: bool, verbose: bool
) -> None:
    from dynamodb_layouts.verify.junit import junit  # noqa: PLC0415
    from dynamodb_layouts.verify.show import show  # noqa: PLC0415

    document = json.dumps(report.document(strict=strict), indent=2, ensure_ascii=False) + "\n"
    try:
        if json_file == Path("-"):
            typer.echo(document, nl=False)
        else:
            # A file or a pipe has no width of its own, and 80 columns break most lines.
            show(report, Console(width=None if sys.stdout.isatty() else _WIDTH), verbose=verbose)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it has read enough.
        raise
    except OSError as error:
        # Python would try once more at its end, and complain in its own way.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise out_of_room("cannot write to standard output", error, "send it elsewhere") from error
    if json_file and json_file != Path("-"):
        files.write(json_file, document)
    if junit_file:
        files.write(junit_file, junit(report))


@contextlib.contextmanager
def _watcher(console: Console) -> Iterator[Watcher]:
    from dynamodb_layouts.verify.progress import Live, Plain  # noqa: PLC0415

    if console.is_terminal:
        with Live(console) as live:
            yield live
    else:
        yield Plain(console)


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP stop the run as Ctrl-C does, and exit with 128 and the signal's number."""

    def stop(number: int, _: FrameType | None) -> None:
        raise StoppedError(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    except KeyboardInterrupt as stopped:
        number = stopped.number if isinstance(stopped, StoppedError) else signal.SIGINT
        raise typer.Exit(_SIGNAL_BASE + number) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
