import os
import subprocess
import sys

import pytest

from cms.settings.documentation import PATH, settings_page
from cms.settings.environment import PROJECT_DIR, VARIABLES, EnvironmentVariableError

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "LESSENBANK_SECRET_KEY": "k" * 20 + "only-for-this-test-0123456789-abcdefgh",
    "LESSENBANK_ALLOWED_HOSTS": "lessenbank.example",
    "LESSENBANK_BASE_URL": "https://lessenbank.example",
}


def manage(*arguments, data, **environment):
    """Run a management command in a process of its own, with these variables only."""
    return python("manage.py", *arguments, data=data, **environment)


def shown(names, data, **environment):
    """Return the values of settings in a process of its own, which loads nothing else."""
    program = f"from django.conf import settings as s; print({names})"
    return python("-c", program, data=data, **environment)


def python(*arguments, data, **environment):
    """Run Python in a process of its own, with these variables only."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT_DIR,
        env={"PATH": os.environ["PATH"], "LESSENBANK_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_djangos_deployment_check(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", data=tmp_path, **PRODUCTION)

    assert done.stdout == "System check identified no issues (0 silenced).\n", done.stderr


def test_production_refuses_to_start_without_a_secret_key(tmp_path):
    done = manage("check", data=tmp_path, **{**PRODUCTION, "LESSENBANK_SECRET_KEY": ""})

    assert done.returncode != 0
    assert "LESSENBANK_SECRET_KEY must hold at least 50 random characters." in done.stderr


def test_production_makes_no_demo(tmp_path):
    done = shown("s.DEMO_ENABLED, s.DEBUG", tmp_path, **PRODUCTION)

    assert done.stdout == "False False\n", done.stderr


def test_a_desk_keeps_one_secret_key_that_only_its_owner_reads(tmp_path):
    desk = {"DJANGO_SETTINGS_MODULE": "cms.settings.desk"}

    first = shown("s.SECRET_KEY", tmp_path, **desk)
    second = shown("s.SECRET_KEY", tmp_path, **desk)

    assert len(first.stdout.strip()) >= 50, first.stderr
    assert first.stdout == second.stdout
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_page_of_settings_equals_the_table():
    assert PATH.read_text() == settings_page(), "Run: manage.py write_settings_page"


def test_the_example_file_holds_only_known_variables():
    known = {variable.name for variable in VARIABLES} | {"DJANGO_SETTINGS_MODULE"}

    lines = (PROJECT_DIR / ".env.example").read_text().splitlines()
    named = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]

    assert set(named) - known == set()


def test_only_the_table_reads_the_environment():
    readers = [
        str(path.relative_to(PROJECT_DIR))
        for package in ("cms", "lessons", "search", "frontend_api")
        for path in (PROJECT_DIR / package).rglob("*.py")
        if "os.environ[" in (text := path.read_text())
        or "os.environ.get" in text
        or "os.getenv" in text
    ]

    # The settings of the tests set variables before the table is read.
    assert sorted(readers) == ["cms/settings/environment.py", "cms/settings/test.py"]


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_a_default_is_accepted_by_its_own_type(variable, monkeypatch):
    monkeypatch.delenv(variable.name, raising=False)

    variable.read()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("LESSENBANK_GRAPHIQL", "maybe"),
        ("LESSENBANK_CONTACT", "redactie@example.org"),
        ("LESSENBANK_CONTACT", "http://example.org/contact"),
        ("LESSENBANK_CONTACT", "mailto:a@example.org\nCanonical: https://elders.example"),
        ("LESSENBANK_PUBLISHER_URI", "javascript:alert(1)"),
        ("LESSENBANK_SEARCH_ENGINE", "grep"),
        ("LESSENBANK_ELASTICSEARCH", "search.example:9200"),
        ("LESSENBANK_ELASTICSEARCH", "https://search.example"),
        ("LESSENBANK_ELASTICSEARCH", "https://user:password@search.example:9200"),
        ("LESSENBANK_ELASTICSEARCH_CA_FILE", "/nowhere/ca.pem"),
        ("LESSENBANK_ELASTICSEARCH_PREFIX", "Lessenbank"),
        ("LESSENBANK_ELASTICSEARCH_SECONDS", "0"),
        ("LESSENBANK_LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_what_was_expected(name, text, monkeypatch):
    variable = next(variable for variable in VARIABLES if variable.name == name)
    monkeypatch.setenv(name, text)

    with pytest.raises(EnvironmentVariableError) as refused:
        variable.read()

    assert str(refused.value) == f"{name} is {text!r}; expected {variable.expects}."
    assert (refused.value.name, refused.value.text) == (name, text)
