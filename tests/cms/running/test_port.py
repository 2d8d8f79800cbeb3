import socket

import pytest

from cms.running.port import require_free
from cms.running.refusals import Refusal


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        # As granian does: a second listener that also asks for this would be let in.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_refused_with_another_one_to_try(taken_port):
    with pytest.raises(Refusal) as refused:
        require_free("127.0.0.1", taken_port)

    assert str(refused.value) == (
        f"Poort {taken_port} is al in gebruik; stop het andere programma of kies een andere "
        f"poort, bijvoorbeeld met: PORT={taken_port + 1} make run"
    )


def test_a_free_port_stays_free(taken_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]

    require_free("127.0.0.1", free)
    require_free("127.0.0.1", free)


def test_a_port_that_was_just_left_is_free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _address = server.accept()
            # The side that closes first keeps the address for a minute (TIME_WAIT).
            accepted.close()

    require_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Refusal, match="LESSENBANK_LISTEN"):
        require_free("192.0.2.1", 8000)
