"""Whether the server can listen where it is told to."""

from __future__ import annotations

import errno
import socket

from cms.running.refusals import Refusal


def require_free(address: str, port: int) -> None:
    """Raise ``Refusal`` when the port is taken or may not be opened."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Without this a port that was just left counts as taken for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise _refusal(error, address, port) from error


def _refusal(error: OSError, address: str, port: int) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else port - 1
        return Refusal(
            f"Poort {port} is al in gebruik; stop het andere programma of kies een andere "
            f"poort, bijvoorbeeld met: PORT={other} make run"
        )
    if error.errno == errno.EACCES:
        return Refusal(
            f"Poort {port} mag alleen de beheerder openen; kies een poort vanaf 1024, "
            "bijvoorbeeld met: PORT=8000 make run"
        )
    return Refusal(f"Op adres {address} kan niet worden geluisterd; kijk LESSENBANK_LISTEN na.")
