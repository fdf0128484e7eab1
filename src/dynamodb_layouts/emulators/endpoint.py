"""An endpoint that the user gives."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import ssl
from urllib.parse import SplitResult, urlsplit

from dynamodb_layouts.emulators import ports
from dynamodb_layouts.emulators.emulator import REGION, Backend, Credentials, Emulator
from dynamodb_layouts.errors import CannotRunError

_PATIENCE = 5.0


def given(address: str) -> Emulator:
    """Return what stands behind `address`, an emulator that is not ours to stop.

    Region and credentials are those of the environment, where it has them. Raises `CannotRunError` when
    nothing answers there or when it is AWS itself.
    """
    parts = urlsplit(address if "://" in address else f"http://{address}")
    host = parts.hostname or ""
    if host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws")):
        raise CannotRunError(
            f"AWS_ENDPOINT_URL names AWS itself ({host})",
            "name an emulator, or unset it: tables are made, filled and destroyed here",
        )
    if not host or not ports.answers(host, _port(parts), _PATIENCE):
        raise CannotRunError(
            f"nothing answers at AWS_ENDPOINT_URL ({address})", "start it, correct the address, or unset it"
        )
    kind, version = _identify(parts)
    return Emulator(
        "endpoint",
        version,
        "given",
        parts.geturl().rstrip("/"),
        region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or REGION,
        kind=kind,
        credentials=_credentials(),
    )


def _credentials() -> Credentials:
    key, secret = os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY")
    if key and secret:
        return Credentials(key, secret, os.environ.get("AWS_SESSION_TOKEN") or None)
    return Credentials()


def _identify(parts: SplitResult) -> tuple[Backend | None, str]:
    """Return which emulator it is, and its version as far as it says one."""
    # ministack answers to LocalStack's path, too, so it is asked for first.
    ministack = _get(parts, "/_ministack/health")
    if "services" in ministack:
        return "ministack", str(ministack.get("version", ""))
    localstack = _get(parts, "/_localstack/health")
    if "services" in localstack:
        return "localstack", str(localstack.get("version", ""))
    if _get(parts, "/moto-api/data.json"):
        return "moto", ""
    return None, ""


def _get(parts: SplitResult, path: str) -> dict[str, object]:
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))
        connection = http.client.HTTPSConnection(
            parts.hostname or "", _port(parts), timeout=_PATIENCE, context=context
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname or "", _port(parts), timeout=_PATIENCE)
    with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
        connection.request("GET", path)
        answer = connection.getresponse()
        body = json.loads(answer.read())
        if answer.status == http.HTTPStatus.OK and isinstance(body, dict):
            return body
    return {}


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)
