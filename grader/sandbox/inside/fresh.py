"""(the number of a socket, settings as JSON) -> one runner in an interpreter of its own."""

from __future__ import annotations

import json
import socket

from . import runner, stand_ins


def main(arguments: list[str]) -> None:
    """Import what the code needs, then become its runner."""
    channel = socket.socket(fileno=int(arguments[0]))
    channel.set_inheritable(False)
    settings = json.loads(arguments[1])
    try:
        stand_ins.prepare(settings["preload"])
    except Exception as error:  # noqa: BLE001 (a broken installation raises anything, and staff must hear of it)
        runner.unready(channel, error)
    runner.live(channel, settings)
