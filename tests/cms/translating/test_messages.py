import pytest

from cms.translating.messages import Message, messages_in


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "lessons"
    (folder / "templates").mkdir(parents=True)
    (folder / "migrations").mkdir()
    return folder


def test_texts_of_python_are_found_with_their_place(package):
    (package / "models.py").write_text('from x import y\n\nlabel = _("title")\n')

    assert messages_in([package]) == {Message("title"): "lessons/models.py:3"}


def test_plurals_and_contexts_are_kept(package):
    (package / "a.py").write_text(
        'a = ngettext_lazy("%(n)d lesson", "%(n)d lessons", "n")\nb = pgettext("noun", "draft")\n'
    )

    assert set(messages_in([package])) == {
        Message("%(n)d lesson", plural="%(n)d lessons"),
        Message("draft", context="noun"),
    }


def test_texts_of_templates_are_found_however_they_are_indented(package):
    (package / "templates" / "a.html").write_text(
        "<ul>\n      <li>it's\n   {% translate 'Withdraw' %}\n"
        "{% blocktranslate trimmed %}\n  Still\n  here\n{% endblocktranslate %}</li></ul>"
    )

    assert messages_in([package]) == {
        Message("Withdraw"): "lessons/templates/a.html:3",
        Message("Still here"): "lessons/templates/a.html:4",
    }


def test_migrations_are_left_out(package):
    (package / "migrations" / "0001.py").write_text('_("title")')

    assert messages_in([package]) == {}
