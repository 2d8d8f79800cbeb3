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
