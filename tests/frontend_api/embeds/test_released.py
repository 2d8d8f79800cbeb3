"""What other websites link to: small, equal to its sources, and the same for ever."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re

import pytest
from django.core.management import call_command

from frontend_api.embeds import released
from frontend_api.embeds.options import LOOKS

MOST_BYTES = 12_000
RELEASED = {
    "lessenbank-1.0.0.js": "",
    "lessenbank-1.0.0.css": "",
}
"""The hash of each version that was released, to be filled in at its release."""


def test_the_present_version_is_what_its_sources_say():
    for name, text in released.composed().items():
        # Differs? Run `manage.py write_embed_script`; after a release raise VERSION first.
        assert (released.FOLDER / name).read_text(encoding="utf-8") == text, name


def test_versions_that_were_released_never_change():
    assert {path.name for path in released.FOLDER.iterdir()} == set(RELEASED)
    for name, integrity in RELEASED.items():
        assert integrity in {"", released.integrity(name)}, name


def test_the_script_is_small_and_holds_its_style():
    script = released.released("lessenbank-1.0.0.js")

    assert len(gzip.compress(script)) < MOST_BYTES
    (stated,) = re.findall(r"const STYLES = (\".*\");\n", script.decode())
    styles = json.loads(stated)
    assert "--utrecht-document-color" in styles
    assert "/*" not in styles
    for look in filter(None, LOOKS):
        assert f".lessenbank--{look}" in styles
    assert b"__" not in script


def test_the_command_writes_the_present_version(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(released, "FOLDER", tmp_path / "new")

    call_command("write_embed_script")

    assert {path.name for path in (tmp_path / "new").iterdir()} == set(released.composed())
    assert "Geschreven: lessenbank-1.0.0.js" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["js", "css"])
def test_a_version_is_kept_for_ever_and_the_newest_for_an_hour(client, form):
    version = client.get(f"/embed/v1/lessenbank-1.0.0.{form}")
    newest = client.get(f"/embed/v1/lessenbank.{form}")

    assert version["Cache-Control"] == "public, max-age=31536000, immutable"
    assert newest["Cache-Control"].startswith("public, max-age=3600,")
    assert version.content == newest.content == released.released(f"lessenbank-1.0.0.{form}")
    for response in (version, newest):
        assert response["Content-Type"] == released.CONTENT_TYPES[form]
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
    again = client.get(f"/embed/v1/lessenbank.{form}", headers={"if-none-match": newest["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_the_hash_is_that_of_what_is_served(client):
    content = client.get("/embed/v1/lessenbank-1.0.0.js").content

    digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
    assert released.integrity("lessenbank-1.0.0.js") == f"sha384-{digest}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["lessenbank-9.9.9.js", "lessenbank-1.0.0.txt", "..%2Fviews.py"])
def test_what_was_never_released_is_not_there(client, name):
    assert client.get(f"/embed/v1/{name}").status_code == 404
