"""Calls to AWS, or to what stands in for it, whose failures a user can read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004 - botocore's own
    CredentialRetrievalError,
    HTTPClientError,
    InvalidRegionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
)

from dynamodb_layouts.errors import CannotRunError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

#: What AWS answers to credentials that are none, or are none any more.
_BAD_CREDENTIALS = {
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "MissingAuthenticationTokenException",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
}
_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized"}
_UNKNOWN_OPERATION = {"UnknownOperationException", "UnknownOperation", "NotImplemented", "InvalidAction"}
_NOT_IMPLEMENTED = 501
_FORBIDDEN = (401, 403)
#: Hosts that are AWS itself, which offers every operation.
_AWS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".api.amazonwebservices.com.cn")


class NotOfferedError(Exception):
    """An endpoint that is not AWS does not do an operation."""


class DeniedError(CannotRunError):
    """The credentials are good and may not do an operation."""


class Aws:
    """Clients of one profile and region, found as Terraform finds them, and their errors in plain words."""

    def __init__(self, region: str | None = None, profile: str | None = None) -> None:
        """Find the region: `region`, else AWS_REGION as Terraform has it, else what boto3 finds.

        Raises `CannotRunError` for a profile that does not exist, and where no region is given.
        """
        try:
            wanted = region or os.environ.get("AWS_REGION") or None
            self._session = boto3.session.Session(profile_name=profile, region_name=wanted)
            found = self._session.region_name
        except (ProfileNotFound, BotoCoreError) as error:
            raise _plainly(error) from error
        if not found:
            raise _no_region()
        self.region: str = found
        self._clients: dict[tuple[str, str], Any] = {}
        self._not_offered: dict[tuple[str, str], str] = {}

    @property
    def not_offered(self) -> list[str]:
        """What was asked for in vain of an endpoint that is not AWS, in the order of asking."""
        return list(self._not_offered.values())

    def client(self, service: str, region: str | None = None) -> Any:
        """Return the client of a service, made once a region."""
        at = (service, region or self.region)
        if at not in self._clients:
            try:
                self._clients[at] = self._session.client(
                    service,  # type: ignore[call-overload]  # any service
                    region_name=at[1],
                    config=Config(retries={"mode": "standard"}, connect_timeout=10, read_timeout=60),
                )
            except (BotoCoreError, ValueError) as error:
                raise _plainly(error) from error
        return self._clients[at]

    def ask(self, service: str, operation: str, region: str | None = None, **arguments: Any) -> Any:
        """Return what an operation answers; raises what boto3 raises for the caller to tell what it means.

        Raises `NotOfferedError` where an endpoint other than AWS does not do it, at once the second time, and
        `CannotRunError` where nothing answers, or the credentials are wrong or may not.
        """
        if (service, operation) in self._not_offered:
            raise NotOfferedError
        client = self.client(service, region)
        try:
            return getattr(client, operation)(**arguments)
        except ClientError as error:
            endpoint = str(client.meta.endpoint_url)
            if _is_not_offered(error, endpoint):
                self._not_offered[service, operation] = f"{endpoint} does not do {error.operation_name}"
                raise NotOfferedError from error
            refusal = _refusal(error, service)
            if refusal is None:
                raise
            raise refusal from error
        except BotoCoreError as error:
            raise _plainly(error) from error

    def pages(self, service: str, operation: str, key: str, **arguments: Any) -> list[dict[str, Any]]:
        """Return the members `key` of every page of an operation; raises as `ask` does."""
        found: list[dict[str, Any]] = []
        more: dict[str, Any] = {}
        while True:
            page = self.ask(service, operation, **arguments, **more)
            found += page.get(key, [])
            if not page.get("NextToken"):
                return found
            more = {"NextToken": page["NextToken"]}


def or_nothing(call: Callable[[], T], nothing: T) -> T:
    """Return what `call` returns, or `nothing` where the endpoint does not offer it."""
    try:
        return call()
    except NotOfferedError:
        return nothing


def code(error: ClientError) -> str:
    """Return the error's code, such as `ResourceNotFoundException`."""
    return str(error.response.get("Error", {}).get("Code", ""))


def unexpected(error: ClientError) -> CannotRunError:
    """Return the error for an answer that nobody here knows what to make of."""
    said = " ".join(str(error.response.get("Error", {}).get("Message", "")).split())
    return CannotRunError(
        f"{error.operation_name} failed: {code(error)}{f': {said}' if said else ''}", "run it again"
    )


def _is_not_offered(error: ClientError, endpoint: str) -> bool:
    if (urlsplit(endpoint).hostname or "").endswith(_AWS):
        return False
    # A code that is a number is no code: the endpoint has sent none.
    nameless = code(error).isdigit() and _status(error) not in _FORBIDDEN
    return nameless or _status(error) == _NOT_IMPLEMENTED or code(error) in _UNKNOWN_OPERATION


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _refusal(error: ClientError, service: str) -> CannotRunError | None:
    if code(error) in _BAD_CREDENTIALS:
        return CannotRunError(
            f"AWS does not take the credentials: {code(error)}",
            "log in again, or correct the profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        )
    if code(error) in _DENIED or (code(error).isdigit() and _status(error) in _FORBIDDEN):
        action = f"{service}:{error.operation_name}"
        return DeniedError(
            f"the credentials may not {action}: {' '.join(str(error).split())}",
            f"allow {action}; adopting reads a table and changes nothing",
        )
    return None


def _no_region() -> CannotRunError:
    return CannotRunError("no region is given", "give --region, or set AWS_REGION")


def _plainly(error: Exception) -> CannotRunError:
    """Return boto3's own errors as ones with something to do about them."""
    said = " ".join(str(error).split())
    for kinds, what, instead in _PLAIN:
        if isinstance(error, kinds):
            return CannotRunError(f"{what}{said}", instead)
    if isinstance(error, NoRegionError):
        return _no_region()
    if "endpoint" in said.lower():
        return CannotRunError(said, "write AWS_ENDPOINT_URL as a URL, such as http://127.0.0.1:4566")
    return CannotRunError(said, "mend the AWS configuration, in the environment or in ~/.aws")


_PLAIN: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    ((ProfileNotFound,), "", "name a profile of ~/.aws/config, with --profile or AWS_PROFILE"),
    (
        (
            NoCredentialsError,
            PartialCredentialsError,
            CredentialRetrievalError,
            SSOError,
            TokenRetrievalError,
        ),
        "no AWS credentials: ",
        "log in, name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ),
    ((InvalidRegionError,), "", "write a region such as us-east-1"),
    (
        (ConnectionError, HTTPClientError),
        "nothing answers: ",
        "correct the region or AWS_ENDPOINT_URL, or mend the connection",
    ),
)
