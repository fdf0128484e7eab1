"""Runs DynamoDB Local on 127.0.0.1: `python run_dynamodb_local.py LIBJVM FOLDER HEAP PORT`.

Its own main class listens on every interface and has no option against it, so the virtual machine is started
from here, and the connector told its address before it opens.
"""

from __future__ import annotations

import sys

import jpype  # type: ignore[import-not-found]
import parent_watch  # type: ignore[import-not-found]


def main() -> None:
    """Serve until killed, tables in memory."""
    libjvm, folder, heap, port = sys.argv[1:]
    parent_watch.die_with_parent()
    jpype.startJVM(
        f"-Xmx{heap}",
        f"-Djava.library.path={folder}/DynamoDBLocal_lib",
        "--enable-native-access=ALL-UNNAMED",
        jvmpath=libjvm,
        classpath=[f"{folder}/DynamoDBLocal.jar"],
    )
    runner = jpype.JClass("com.amazonaws.services.dynamodbv2.local.main.ServerRunner")
    proxy = runner.createServerFromCommandLineArgs(["-port", port, "-inMemory"])
    field = proxy.getClass().getDeclaredField("server")
    field.setAccessible(True)
    for connector in field.get(proxy).getConnectors():
        connector.setHost("127.0.0.1")
    proxy.start()
    proxy.join()


if __name__ == "__main__":
    main()
