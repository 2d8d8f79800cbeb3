#!/usr/bin/env python3
"""Starts, shows and stops a real Elasticsearch on this machine, for tests and at a desk.

    python deploy/elasticsearch/node.py start | status | stop | fetch

Needs Python, Java and Maven, nothing else. What it says goes to standard error; standard
output holds only the addresses, one node a line. README.md beside this file tells more.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

import distribution
import running
from cluster import USER, Cluster, Node, Options, folder_for, memory, saved
from distribution import Refusal, say

DEFAULT_PORT = 9200
# A port that nothing listens on has to be left for the last node's transport.
LAST_PORT = 65_000
NOT_RUNNING = 3


def main() -> int:
    """Do what the command line asks; return the exit status."""
    arguments = _parser().parse_args()
    try:
        status: int = arguments.command(arguments)
    except Refusal as refusal:
        say(f"Elasticsearch: {refusal}")
        return 1
    except KeyboardInterrupt:
        say("Elasticsearch: afgebroken.")
        return 130
    return status


def fetch(arguments: argparse.Namespace) -> int:
    """Assemble the server without starting it."""
    distribution.java()
    print(distribution.server())
    return 0


def start(arguments: argparse.Namespace) -> int:
    """Start the cluster, or the nodes of it that do not run; wait until it is healthy."""
    options = Options(
        port=arguments.port,
        nodes=arguments.nodes,
        heap=arguments.heap,
        quick=arguments.quick,
        secure=arguments.secure,
    )
    cluster = Cluster(folder_for(arguments.port, arguments.data), options)
    running.start(cluster, arguments.analysis, arguments.timeout)
    for node in cluster.nodes:
        print(cluster.address(node))
    if options.secure:
        say(f"Gebruiker {USER}, wachtwoord in {cluster.password_file}")
        say(f"Te vertrouwen certificaat: {cluster.certificate}")
    return 0


def stop(arguments: argparse.Namespace) -> int:
    """Stop the cluster and, when asked, remove what it kept."""
    folder = folder_for(arguments.port, arguments.data)
    running.stop(folder, remove=arguments.remove)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Show the cluster; the exit status is 3 when not every node runs."""
    cluster = saved(folder_for(arguments.port, arguments.data))
    if cluster is None:
        print(json.dumps({"status": "absent"}) if arguments.json else "Er is geen cluster.")
        return NOT_RUNNING
    health = cluster.ask("/_cluster/health") or {}
    status = health.get("status", "unreachable")
    nodes = [_described(cluster, node) for node in cluster.nodes]
    if arguments.json:
        print(json.dumps({"status": status, "nodes": nodes, "access": _access(cluster)}))
    else:
        print(f"Toestand: {status}")
        for node in nodes:
            state = f"proces {node['pid']}, {node['memory_mb']} MB" if node["pid"] else "gestopt"
            print(f"{node['name']}  {node['address']}  {state}")
    return 0 if all(node["pid"] for node in nodes) else NOT_RUNNING


def _described(cluster: Cluster, node: Node) -> dict[str, Any]:
    pid = node.pid()
    return {
        "name": node.name,
        "address": cluster.address(node),
        "pid": pid,
        "memory_mb": memory(pid) if pid else 0,
        "folder": str(node.folder),
    }


def _access(cluster: Cluster) -> dict[str, str] | None:
    """Return what a client needs to enter; None when everyone on this machine may."""
    if not cluster.options.secure:
        return None
    return {
        "user": USER,
        "password_file": str(cluster.password_file),
        "ca_certs": str(cluster.certificate),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Een echte Elasticsearch op dit apparaat.")
    commands = parser.add_subparsers(required=True, metavar="start|status|stop|fetch")
    where = argparse.ArgumentParser(add_help=False)
    where.add_argument("--port", type=_port, default=DEFAULT_PORT, help="poort van de eerste node")
    where.add_argument("--data", type=Path, help="map voor deze cluster, in plaats van de cache")

    command = commands.add_parser("start", parents=[where], help="starten, of aanvullen")
    command.set_defaults(command=start)
    command.add_argument("--nodes", type=int, choices=(1, 3), default=1)
    command.add_argument("--heap", type=_heap, default="512m", help="geheugen per node")
    command.add_argument("--quick", action="store_true", help="twee keer zo snel op, trager erna")
    command.add_argument("--secure", action="store_true", help="met TLS en een gebruiker")
    command.add_argument("--analysis", type=_folder, help="map met woordenlijsten en patronen")
    command.add_argument("--timeout", type=int, default=300, help="hoeveel seconden te wachten")

    command = commands.add_parser("status", parents=[where], help="tonen wat er draait")
    command.set_defaults(command=show)
    command.add_argument("--json", action="store_true")

    command = commands.add_parser("stop", parents=[where], help="stoppen")
    command.set_defaults(command=stop)
    command.add_argument("--remove", action="store_true", help="ook de gegevens verwijderen")

    command = commands.add_parser("fetch", help="alleen ophalen, niet starten")
    command.set_defaults(command=fetch)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1024 <= int(text) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is geen poort van 1024 tot en met {LAST_PORT}")
    return int(text)


def _heap(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d*[mg]", text):
        raise argparse.ArgumentTypeError(f"{text} is geen maat zoals 512m of 1g")
    return text


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text} is geen map")
    return Path(text)


if __name__ == "__main__":
    sys.exit(main())
