"""What the documents say is checked against what there is."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from cms.settings.environment import PROJECT_DIR

PACKAGES = ("cms", "lessons", "search", "frontend_api")
DOCUMENTS = sorted(
    path
    for path in PROJECT_DIR.rglob("*.md")
    if not any(
        part.startswith(".") or part == "var" for part in path.relative_to(PROJECT_DIR).parts
    )
)
TEMPLATES = [path for package in PACKAGES for path in (PROJECT_DIR / package).rglob("*.html")]
OUR_PATH = re.compile(rf"`((?:{'|'.join(PACKAGES)}|docs|deploy|bin|tests|requirements)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
OUTSIDE_RESOURCE = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\ssrc=[\"'](?:https?:)?//"
    r"|<link\b[^>]*\srel=[\"'](?:stylesheet|preload|icon|modulepreload)[\"'][^>]*//"
    r"|@import\b[^;]*//",
    re.IGNORECASE,
)


def read(name):
    return (PROJECT_DIR / name).read_text()


def relative(path):
    return str(path.relative_to(PROJECT_DIR))


def our_commands():
    return sorted(
        name
        for name, app in get_commands().items()
        if str(app).split(".")[0] in PACKAGES and name not in {"startapp"}
    )


@pytest.mark.parametrize("command", our_commands())
def test_every_command_is_in_contributing_and_has_help(command):
    assert f"| `{command}` |" in read("CONTRIBUTING.md")
    assert load_command_class(get_commands()[command], command).help


def test_every_make_target_is_listed_with_one_line():
    targets = re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE)

    # Inside another make, as in CI, it would also say which folder it enters and leaves.
    listed = subprocess.run(
        ["make", "--no-print-directory"],
        cwd=PROJECT_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip

    lines = [line.split()[:2] for line in listed.stdout.splitlines()]
    assert lines == [["make", target] for target in targets]


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_links_and_paths_in_documents_exist(document):
    text = document.read_text()
    linked = [document.parent / target for target in LINK.findall(text)]
    named = [PROJECT_DIR / path for path in OUR_PATH.findall(text)]

    assert [str(path) for path in linked + named if not path.exists()] == []


def test_every_decision_is_in_architecture():
    records = sorted((PROJECT_DIR / "docs" / "decisions").glob("*.md"))
    architecture = read("ARCHITECTURE.md")

    listed = re.findall(r"\d+\. \[(.+)\]\((docs/decisions/.+\.md)\)", architecture)

    titles = [record.read_text().splitlines()[0].split(". ", 1)[1] for record in records]
    assert listed == list(zip(titles, map(relative, records), strict=True))


def test_the_readme_fits_on_its_screens():
    assert len(read("README.md").splitlines()) < 100


def test_the_licence_is_named_alike_everywhere():
    project = tomllib.loads(read("pyproject.toml"))["project"]

    assert read("LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert project["license"] == yaml.safe_load(read("publiccode.yml"))["legal"]["license"]


PUBLICCODE_MANDATORY = {
    "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus",
    "softwareType", "description", "legal", "maintenance", "localisation",
}  # fmt: skip


def test_publiccode_holds_what_the_standard_asks():
    description = yaml.safe_load(read("publiccode.yml"))

    assert description.keys() >= PUBLICCODE_MANDATORY
    for language in description["description"].values():
        assert len(language["shortDescription"]) <= 150
        assert 150 <= len(language["longDescription"]) <= 10_000
        assert language["features"]
    maintenance = description["maintenance"]
    assert (maintenance["type"] in {"internal", "community"}) == ("contacts" in maintenance)


def test_publiccode_names_a_version_once_it_is_released():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    description = yaml.safe_load(read("publiccode.yml"))

    released = f"## [{version}]" in read("CHANGELOG.md")
    assert description.get("softwareVersion") == (version if released else None)
    assert ("releaseDate" in description) == released


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_no_template_loads_anything_from_outside(template):
    assert OUTSIDE_RESOURCE.findall(template.read_text()) == []


@pytest.mark.parametrize("name", ["base", "dev", "build"])
def test_a_lock_holds_versions_and_hashes_only(name):
    lines = Path(PROJECT_DIR / "requirements" / f"{name}.txt").read_text().splitlines()

    forms = (r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+( ; .+)? \\", r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    odd = [line for line in lines if not any(re.fullmatch(form, line) for form in forms)]
    assert odd == []


def test_the_development_lock_holds_the_base_lock():
    pins = {
        name: set(re.findall(r"^[a-z0-9._-]+==\S+", read(f"requirements/{name}.txt"), re.MULTILINE))
        for name in ("base", "dev")
    }

    assert pins["base"] - pins["dev"] == set()
