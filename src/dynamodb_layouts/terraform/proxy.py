"""A gRPC server between Terraform and a provider that passes everything on, except most of the schema."""

from __future__ import annotations

from concurrent import futures
from typing import TYPE_CHECKING

import grpc

from dynamodb_layouts.terraform.schema import Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SCHEMA_METHODS = {5: "/tfplugin5.Provider/GetSchema", 6: "/tfplugin6.Provider/GetProviderSchema"}
_UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
# Terraform calls one provider at most this often at once: its -parallelism, and some to spare.
_THREADS = 32
# Starting up on a busy machine included.
_SCHEMA_SECONDS = 60


def _same(message: bytes) -> bytes:
    return message


class SchemaProxy(grpc.GenericRpcHandler):
    """Serves the provider that listens on `upstream` on another Unix socket, `socket`.

    Every call is handed on byte for byte and so is its answer. Only the schema is answered from memory, cut
    down to what `offer` was given last. A type that is missing there makes Terraform refuse the
    configuration: it cannot make a proof pass.
    """

    def __init__(self, upstream: Path, protocol: int, socket: Path) -> None:
        """Connect and start serving."""
        self._schema_method = _SCHEMA_METHODS[protocol]
        self._channel = grpc.insecure_channel(f"unix:{upstream}", options=_UNLIMITED)
        self._offered = b""
        self._server = grpc.server(futures.ThreadPoolExecutor(_THREADS), options=_UNLIMITED)
        self._server.add_generic_rpc_handlers((self,))
        self._server.add_insecure_port(f"unix:{socket}")
        self._server.start()

    def schema(self) -> Schema:
        """Ask the provider for its whole schema; raises `grpc.RpcError` when it does not answer."""
        ask = self._channel.unary_unary(self._schema_method, _same, _same)
        return Schema(ask(b"", wait_for_ready=True, timeout=_SCHEMA_SECONDS))

    def offer(self, schema: bytes) -> None:
        """From now on, answer the schema question with `schema`."""
        self._offered = schema

    def close(self) -> None:
        """Stop serving."""
        self._server.stop(None).wait()
        self._channel.close()

    def service(
        self, handler_call_details: grpc.HandlerCallDetails
    ) -> grpc.RpcMethodHandler[bytes, bytes] | None:
        """Return the handler of one call; go-plugin's own streams are optional, and are not offered."""
        method = handler_call_details.method
        if method.startswith("/plugin."):
            return None
        # To the wire, one answer is a stream of one: this serves both kinds of method.
        return grpc.unary_stream_rpc_method_handler(
            self._answer_schema if method == self._schema_method else self._pass_on(method)
        )

    def _answer_schema(self, _request: bytes, _context: grpc.ServicerContext) -> Iterator[bytes]:
        yield self._offered

    def _pass_on(self, method: str) -> Callable[[bytes, grpc.ServicerContext], Iterator[bytes]]:
        call = self._channel.unary_stream(method, _same, _same)

        def handle(request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
            answer = call(request)

            def end() -> None:
                answer.cancel()

            # A call of a Terraform that has gone must not come in the way of the next one's.
            if not context.add_callback(end):
                end()
            try:
                yield from answer
            except grpc.RpcError as error:
                context.abort(error.code(), error.details() or "")

        return handle
