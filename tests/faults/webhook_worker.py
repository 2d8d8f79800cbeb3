"""Sends events to a receiver that fails at random, by workers that are killed at random.

Run as a program by ``test_webhooks.py``, with a data folder of its own. This process makes the
events, and forks the receiver and the workers; the last line that it prints says, as JSON, what
became of the events. It keeps its own list of what was made, so that a delivery that was never
planned counts as lost.

A lesson has one event at a time in the register: before the next of the same lesson is made,
the events so far are planned, by this process or by a worker, whoever comes first.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import django

from tests.faults.victim import fork

LESSONS = 20
PATHS = ("/een", "/twee")
LONGEST_LIFE = 0.6
PATIENCE = 0.15
"""How long a worker waits for an answer."""
CATCHING_UP_AN_EVENT = 0.6


def main(events: int, seed: int) -> None:
    """Make the events while workers come and go, and print what became of them."""
    chance = random.Random(seed)
    log = Path(os.environ["LESSENBANK_DATA"]) / "received.jsonl"
    log.touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    secrets = prepare(int(server.server_address[1]))
    receiver = start_receiver(server, receiving(log, secrets, random.Random(seed)))
    try:
        made, kills = make_and_kill(events, chance)
        kills += catch_up(chance, 30 + CATCHING_UP_AN_EVENT * events)
    finally:
        end(receiver)
    sys.stdout.write(json.dumps(judged(made, log) | {"kills": kills}) + "\n")


def make_and_kill(events: int, chance: random.Random) -> tuple[list[tuple[str, int]], int]:
    """Make events while one worker after the other is killed; return them and the kills."""
    made: list[tuple[str, int]] = []
    kills = 0
    while len(made) < events:
        worker = fork_worker()
        until = time.monotonic() + chance.uniform(0.1, LONGEST_LIFE)
        while time.monotonic() < until:
            for _number in range(min(chance.randrange(1, 6), events - len(made))):
                made.append(happen(chance))
            time.sleep(chance.uniform(0.02, 0.1))
        end(worker)
        kills += 1
    return made, kills


def end(process: int) -> None:
    """End a process at once, whatever it is doing."""
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def start_receiver(server: ThreadingHTTPServer, handler: type[BaseHTTPRequestHandler]) -> int:
    """Fork a receiver; return its process."""
    from django.db import connections

    connections.close_all()
    server.RequestHandlerClass = handler
    server.daemon_threads = True
    process = fork(server.serve_forever)
    server.socket.close()
    return process


def receiving(
    log: Path, secrets: dict[str, str], chance: random.Random
) -> type[BaseHTTPRequestHandler]:
    """Return a receiver that writes down what came, and then does as it likes."""
    from standardwebhooks import Webhook as Receiving
    from standardwebhooks import WebhookVerificationError

    record = os.open(log, os.O_WRONLY | os.O_APPEND)
    verifying = {path: Receiving(secret) for path, secret in secrets.items()}

    def is_signed(path: str, headers: dict[str, str], body: bytes) -> bool:
        try:
            verifying[path].verify(body, headers)
        except WebhookVerificationError:
            return False
        return True

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            way = chance.choices(
                ("accept", "error", "silence", "hang up", "rubbish", "forget"), (14, 2, 1, 1, 1, 2)
            )[0]
            seen = {
                "path": self.path,
                "way": way,
                "id": self.headers["webhook-id"],
                "signed": is_signed(self.path, dict(self.headers), body),
                "event": json.loads(body),
            }
            os.write(record, (json.dumps(seen) + "\n").encode())
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.react(way)

        def react(self, way: str) -> None:
            """Answer, or do what receivers do that are ill."""
            if way == "silence":
                time.sleep(2 * PATIENCE)
            elif way == "rubbish":
                self.wfile.write(b"\x16\x03\x01 niets\r\n\r\n")
            elif way in {"accept", "error"}:
                self.send_response(204 if way == "accept" else 500)
                self.end_headers()
            elif way == "forget":
                # It has the event, and the sender never hears so.
                self.connection.shutdown(2)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    return Handler


def prepare(port: int) -> dict[str, str]:
    """Make a partner with two webhooks; return their secrets."""
    from django.core.management import call_command
    from django.utils import timezone

    from frontend_api.models import PartnerClient, Webhook
    from frontend_api.webhooks.signing import new_secret
    from search import service

    secrets = {}
    partner = PartnerClient.objects.create(name="Partner", organization="Voorbeeld")
    for path in PATHS:
        webhook = Webhook.objects.create(
            client=partner,
            name=path,
            url=f"http://127.0.0.1:{port}{path}",
            position=service.register_position(),
        )
        secrets[path] = new_secret(webhook)
    # Load what every worker needs before any is forked.
    unknown = service.LessonEvent("00000000-0000-4000-8000-000000000000", 1, timezone.now())
    service.seen_now([unknown])
    call_command("deliver_webhooks", verbosity=0)
    return secrets


def happen(chance: random.Random) -> tuple[str, int]:
    """Let something happen to a lesson; return it with the position."""
    from django.db import transaction

    from frontend_api.webhooks.planning import plan
    from search.changes.recording import Positions
    from search.models import LessonState

    plan()
    lesson = f"00000000-0000-4000-8000-{chance.randrange(LESSONS):012}"
    with transaction.atomic():
        positions = Positions()
        position = positions.next()
        values = {
            "lesson_pk": 1_000_000 + int(lesson[-12:]),
            "position": position,
            "state": "removed",
            "changed_at": positions.now,
        }
        LessonState.objects.update_or_create(uuid=lesson, defaults=values)
        positions.keep()
    return lesson, position


def fork_worker() -> int:
    """Fork a worker; this process's connection stays its own."""
    from django.db import connections

    connections.close_all()
    return fork(work)


def work() -> None:
    """Deliver again and again, in a hurry: seconds stand for hours."""
    from django.core.management import call_command

    hurry()
    while True:
        call_command("deliver_webhooks", verbosity=0)
        time.sleep(0.02)


def hurry() -> None:
    """Shorten every wait, and never give up."""
    from frontend_api.webhooks import delivering, outcomes, sending

    sending.CONNECT_SECONDS = sending.TOTAL_SECONDS = PATIENCE
    delivering.FRESH_SECONDS = 0.3
    delivering.PASS_SECONDS = 1.0
    delivering.LEASE = datetime.timedelta(seconds=1)
    outcomes.SCHEDULE = (datetime.timedelta(milliseconds=30),) * 1000
    outcomes._FIRST_REST = outcomes._LONGEST_REST = datetime.timedelta(milliseconds=50)


def catch_up(chance: random.Random, seconds: float) -> int:
    """Let workers go on until nothing waits, and kill some of them; return the kills."""
    from frontend_api.models import DeliveryState, WebhookDelivery
    from frontend_api.webhooks.planning import plan

    plan()
    begun = time.monotonic()
    kills = 0
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.PENDING)
    while waiting.exists() and time.monotonic() - begun < seconds:
        worker = fork_worker()
        until = time.monotonic() + chance.uniform(0.5, 10 * LONGEST_LIFE)
        while waiting.exists() and time.monotonic() < until:
            time.sleep(0.05)
        end(worker)
        kills += 1
    return kills


def judged(made: list[tuple[str, int]], log: Path) -> dict[str, Any]:
    """Return what became of the events that were made."""
    taken: set[tuple[str, str, int]] = set()
    last: dict[tuple[str, str], int] = {}
    ids: Counter[tuple[str, str]] = Counter()
    out_of_turn, unsigned, faults = [], 0, 0
    for line in log.read_text().splitlines():
        seen = json.loads(line)
        data = seen["event"]["data"]
        key, position = (seen["path"], data["uuid"]), data["position"]
        unsigned += not seen["signed"]
        if position < last.get(key, 0):
            out_of_turn.append([*key, position])
        last[key] = position
        faults += seen["way"] != "accept"
        if seen["way"] in {"accept", "forget"}:
            taken.add((*key, position))
            ids[seen["path"], seen["id"]] += 1
    wanted = {(path, lesson, position) for path in PATHS for lesson, position in made}
    return {
        "events": len(made),
        "webhooks": len(PATHS),
        "arrived": len(taken & wanted),
        "lost": sorted(wanted - taken),
        "out of turn": out_of_turn,
        "unsigned": unsigned,
        "faults": faults,
        "duplicates": sum(times - 1 for times in ids.values()),
        "ids": len(ids),
    }


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
