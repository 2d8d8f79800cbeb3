"""What is written for a node before it starts."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pwd
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any

from cluster import ADDRESS, USER, Cluster, Node
from distribution import Refusal, locked, make_folder

# Elasticsearch refuses to run as root; every system has this user, who owns nothing else.
UNPRIVILEGED_USER = "nobody"
PBKDF2_ROUNDS = 10_000


def owner() -> pwd.struct_passwd | None:
    """Return the user the nodes run as when that is another than the one who starts them."""
    return pwd.getpwnam(UNPRIVILEGED_USER) if os.geteuid() == 0 else None


def as_owner() -> dict[str, Any]:
    """Return the arguments by which a subprocess runs as the nodes' user."""
    user = owner()
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def hand_over(folder: Path) -> None:
    """Give a folder and all in it to the nodes' user."""
    user = owner()
    if user is not None:
        for place in (folder, *folder.rglob("*")):
            os.chown(place, user.pw_uid, user.pw_gid, follow_symlinks=False)


def require_within_reach(folder: Path) -> None:
    """Raise ``Refusal`` when the nodes' user cannot enter a folder."""
    enter = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
    tried = subprocess.run(enter, capture_output=True, check=False, **as_owner())
    if tried.returncode != 0:
        raise Refusal(
            f"Elasticsearch draait niet als root maar als {UNPRIVILEGED_USER}, en die kan niet "
            f"bij {folder}; kies een map die iedereen mag openen, bijvoorbeeld onder /var/cache."
        )


def write(cluster: Cluster, node: Node, server: Path, java: Path) -> None:
    """Write the configuration of a node anew; its data stay as they are."""
    config = node.folder / "config"
    for name in ("config", "data", "logs", "tmp"):
        make_folder(node.folder / name)
    for name in ("jvm.options", "log4j2.properties"):
        shutil.copyfile(server / "config" / name, config / name)
    settings = _settings(cluster, node)
    if cluster.options.secure:
        settings |= _secured(cluster, config, java)
    # JSON is YAML too, and needs no rules of its own for a path with a space or a colon.
    (config / "elasticsearch.yml").write_text(f"{json.dumps(settings, indent=2)}\n")
    # With --secure it holds a password.
    (config / "elasticsearch.yml").chmod(0o600)
    make_folder(config / "jvm.options.d")
    (config / "jvm.options.d" / "lessenbank.options").write_text(_java_options(cluster, node))
    hand_over(node.folder)


def copy_analysis(cluster: Cluster, source: Path) -> None:
    """Put word lists and patterns where the analysis finds them: ``analysis/<name>``."""
    for node in cluster.nodes:
        target = node.folder / "config" / "analysis"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
        hand_over(target)


def _settings(cluster: Cluster, node: Node) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "cluster.name": f"lessenbank-{cluster.options.port}",
        "node.name": node.name,
        "network.host": ADDRESS,
        "http.port": node.http_port,
        "transport.port": node.transport_port,
        "path.data": str(node.folder / "data"),
        "path.logs": str(node.folder / "logs"),
        # A desk's disk that is nearly full must not make the index read-only.
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "xpack.security.enabled": cluster.options.secure,
    }
    if cluster.options.nodes == 1:
        return settings | {"discovery.type": "single-node"}
    settings["discovery.seed_hosts"] = [
        f"{ADDRESS}:{each.transport_port}" for each in cluster.nodes
    ]
    if not any((node.folder / "data").iterdir()):
        # Only a cluster that was never formed may be told who founds it.
        settings["cluster.initial_master_nodes"] = [cluster.nodes[0].name]
    return settings


def _java_options(cluster: Cluster, node: Node) -> str:
    heap = cluster.options.heap
    options = [f"-Xms{heap}", f"-Xmx{heap}", node.mark]
    # The distribution keeps up to 2 GB of garbage collection logs.
    options += ["-Xlog:disable", "-Xlog:all=warning:stderr:utctime,level,tags"]
    if cluster.options.quick:
        options.append("-XX:TieredStopAtLevel=1")
    return "\n".join(options) + "\n"


def _secured(cluster: Cluster, config: Path, java: Path) -> dict[str, Any]:
    """Write who may enter and with which certificate; return the settings that say so."""
    make_folder(cluster.password_file.parent)
    with locked(cluster.password_file.parent / "lock"):
        if not cluster.password_file.exists():
            cluster.password_file.write_text(f"{secrets.token_urlsafe(24)}\n")
            cluster.password_file.chmod(0o600)
    password = cluster.password_file.read_text().strip()
    store = cluster.certificate.with_name("http.p12")
    if not store.exists():
        _make_certificate(java, store, cluster.certificate, password)
    shutil.copyfile(store, config / "http.p12")
    (config / "users").write_text(f"{USER}:{_hashed(password)}\n")
    (config / "users_roles").write_text(f"superuser:{USER}\n")
    return {
        "xpack.security.http.ssl.enabled": True,
        "xpack.security.http.ssl.keystore.path": "http.p12",
        "xpack.security.http.ssl.keystore.password": password,
    }


def _make_certificate(java: Path, store: Path, certificate: Path, password: str) -> None:
    """Make a key of our own for loopback, and the certificate that a client is to trust."""
    keytool = [str(java.with_name("keytool")), "-storetype", "PKCS12", "-storepass", password]
    keytool += ["-keystore", str(store), "-alias", "http"]
    make = ["-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "3650"]
    make += ["-ext", f"SAN=ip:{ADDRESS},dns:localhost", "-ext", "BC=ca:true"]
    show = ["-exportcert", "-rfc", "-file", str(certificate)]
    for step in (make, show):
        done = subprocess.run(
            [keytool[0], step[0], *keytool[1:], *step[1:]],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            store.unlink(missing_ok=True)
            raise Refusal(f"keytool maakt geen certificaat: {done.stdout.strip()}")


def _hashed(password: str) -> str:
    """Return the password as Elasticsearch keeps it in its file of users."""
    salt = secrets.token_bytes(32)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, PBKDF2_ROUNDS, dklen=32)
    salt_text, key_text = (base64.b64encode(part).decode() for part in (salt, key))
    return f"{{PBKDF2}}{PBKDF2_ROUNDS}${salt_text}${key_text}"
