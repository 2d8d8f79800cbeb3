from django.core.management import call_command

from frontend_api.graphql import schema_file
from frontend_api.management.commands import write_graphql_schema


def test_the_command_writes_the_schema_and_says_whether_it_changed(tmp_path, monkeypatch, capsys):
    file = tmp_path / "schema.graphql"
    monkeypatch.setattr(write_graphql_schema, "SCHEMA_FILE", file)

    call_command("write_graphql_schema")
    assert file.read_text() == schema_file.printed_schema()
    assert capsys.readouterr().out == "Het schema is bijgewerkt.\n"

    call_command("write_graphql_schema")
    assert capsys.readouterr().out == "Het schema was al gelijk.\n"


def test_a_release_writes_what_is_promised_too(tmp_path, monkeypatch, capsys):
    current, released = tmp_path / "schema.graphql", tmp_path / "released.graphql"
    monkeypatch.setattr(write_graphql_schema, "SCHEMA_FILE", current)
    monkeypatch.setattr(write_graphql_schema, "RELEASED_FILE", released)

    call_command("write_graphql_schema")
    assert not released.exists()
    call_command("write_graphql_schema", "--release")
    call_command("write_graphql_schema", "--release")

    assert released.read_text() == current.read_text()
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "vrijgegeven" in line] == [
        "Het vrijgegeven schema is bijgewerkt; begin in docs/schema-changelog.md een nieuwe kop.",
        "Het vrijgegeven schema was al gelijk.",
    ]
