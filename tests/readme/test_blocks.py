"""Every block of HCL in the documentation is planned as it stands.

The module is beside it as a user's clone or a registry would have it: the files that git knows, no others.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from documents import CLONE, REPOSITORY, Example, examples, files, module_files

from dynamodb_layouts import emulators, terraform
from dynamodb_layouts.errors import LayoutsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALL = list(examples())


@pytest.fixture(scope="module")
def backend() -> Iterator[emulators.Emulator]:
    # A plan asks it for the account and, where a table is scaled, for the tables there are; no more.
    with emulators.start("ministack") as emulator:
        yield emulator


@pytest.fixture(scope="module")
def providers(backend: emulators.Emulator) -> Iterator[terraform.ProviderPool]:
    binary = terraform.provider(terraform.find_installation(), terraform.find_terraform())
    with terraform.ProviderPool(binary, terraform.clean({}, backend.environment())) as pool:
        yield pool


def _root(example: Example, folder: Path) -> Path:
    for name in module_files():
        place = folder / CLONE / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, place)
    (folder / "main.tf").write_text(example.text)
    return folder


@pytest.mark.parametrize(
    "example", [e for e in ALL if not (e.excerpt_of or e.migration)], ids=lambda e: str(e.block)
)
def test_block_is_planned(
    example: Example, tmp_path: Path, backend: emulators.Emulator, providers: terraform.ProviderPool
) -> None:
    with terraform.Root(_root(example, tmp_path), extra=backend.environment(), providers=providers) as root:
        root.init()
        if example.refused:
            with pytest.raises(LayoutsError) as error:
                root.plan()
            assert example.refused in " ".join(str(error.value).split())
        else:
            root.plan()


@pytest.mark.parametrize("example", [e for e in ALL if e.excerpt_of], ids=lambda e: str(e.block))
def test_excerpt_is_in_its_file(example: Example) -> None:
    whole = (REPOSITORY / str(example.excerpt_of)).read_text(encoding="utf-8")
    assert "".join(example.text.split()) in "".join(whole.split())


@pytest.mark.parametrize("example", [e for e in ALL if e.block.tag == "hcl"], ids=lambda e: str(e.block))
def test_block_is_formatted(example: Example) -> None:
    command = [str(terraform.find_terraform().path), "fmt", "-no-color", "-"]
    env = terraform.clean(os.environ)
    done = subprocess.run(
        command, input=example.block.text, env=env, check=True, capture_output=True, text=True
    )
    assert example.block.text == done.stdout


def test_no_block_is_overlooked() -> None:
    lines = [line.strip() for file in files() for line in file.read_text().splitlines()]
    marks = [line for line in lines if line.startswith(("```hcl", "<!-- text: "))]
    assert len(ALL) == len(marks) > 0
