"""Runs ministack where `BIND_HOST` and `GATEWAY_PORT` say, in ministack's environment."""

from __future__ import annotations

import sys
from typing import Any

import h11  # type: ignore[import-not-found]
import parent_watch  # type: ignore[import-not-found]
from hypercorn.events import RawData  # type: ignore[import-not-found]
from hypercorn.protocol.h11 import H11Protocol  # type: ignore[import-not-found]
from ministack.app import main  # type: ignore[import-not-found]


def answer_in_one_piece() -> None:
    """Have the web server send the head of an answer together with its body.

    It sends them one after the other. The AWS provider's client, on a busy machine, may close the connection
    between the two: it has seen the head, and takes the end of its own request for a fault. It then repeats
    what has been done, and CreateTable is told that the table exists.
    """
    send = H11Protocol._send_h11_event  # noqa: SLF001 - there is no public way

    async def together(self: Any, event: Any) -> None:
        if isinstance(event, h11.Response):
            self.head = self.connection.send(event)
        elif head := self.__dict__.pop("head", b""):
            await self.send(RawData(data=head + self.connection.send(event)))
        else:
            await send(self, event)

    H11Protocol._send_h11_event = together  # noqa: SLF001


if __name__ == "__main__":
    if parent_watch.attached():
        parent_watch.die_with_parent()
    answer_in_one_piece()
    sys.argv[1:] = []
    main()
