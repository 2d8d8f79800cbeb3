import gettext

import pytest

from cms.translating.catalogue import bring_up_to_date, garbled, read_catalogue, untranslated
from cms.translating.compiling import compile_catalogues
from cms.translating.messages import Message

PLACES = Message("%(n)d place", plural="%(n)d places")


@pytest.fixture
def catalogue_path(tmp_path):
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    return folder / "django.po"


def write(path, body):
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n' + body
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", Message("title")),
        ('msgid "title"\nmsgstr ""\n', Message("title")),
        ('#, fuzzy\nmsgid "title"\nmsgstr "titel"\n', Message("title")),
        ('msgid "title"\nmsgstr "titel"\n', Message("title", context="page")),
        ('msgid "%(n)d place"\nmsgid_plural "%(n)d places"\nmsgstr[0] "%(n)d plaats"\n', PLACES),
        ('msgid "%(n)d place"\nmsgstr "%(n)d plaats"\n', PLACES),
    ],
)
def test_a_text_without_complete_dutch_is_untranslated(catalogue_path, body, message):
    write(catalogue_path, body)

    assert untranslated([message], read_catalogue(catalogue_path)) == [message]


def test_a_text_with_dutch_is_translated(catalogue_path):
    write(
        catalogue_path,
        'msgid "title"\nmsgstr "titel"\n\n'
        'msgid "%(n)d place"\nmsgid_plural "%(n)d places"\n'
        'msgstr[0] "%(n)d plaats"\nmsgstr[1] "%(n)d plaatsen"\n',
    )

    assert untranslated([Message("title"), PLACES], read_catalogue(catalogue_path)) == []


def test_bringing_up_to_date_keeps_dutch_adds_new_texts_and_drops_old_ones(catalogue_path):
    write(catalogue_path, 'msgid "title"\nmsgstr "titel"\n\nmsgid "gone"\nmsgstr "weg"\n')
    messages = [Message("title"), Message("core")]

    bring_up_to_date(messages, read_catalogue(catalogue_path), catalogue_path)

    catalogue = read_catalogue(catalogue_path)
    assert {entry.id: entry.string for entry in catalogue if entry.id} == {
        "core": "",
        "title": "titel",
    }


def test_bringing_up_to_date_twice_changes_nothing(catalogue_path):
    bring_up_to_date([PLACES], read_catalogue(catalogue_path), catalogue_path)
    first = catalogue_path.read_text()

    bring_up_to_date([PLACES], read_catalogue(catalogue_path), catalogue_path)

    assert catalogue_path.read_text() == first


def test_a_compiled_catalogue_is_what_gettext_reads(catalogue_path, tmp_path):
    write(catalogue_path, 'msgid "title"\nmsgstr "titel"\n')

    written = compile_catalogues(tmp_path)

    assert written == [catalogue_path.with_suffix(".mo")]
    with written[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("title") == "titel"


def test_a_catalogue_is_compiled_again_only_when_it_changed(catalogue_path, tmp_path):
    write(catalogue_path, 'msgid "title"\nmsgstr "titel"\n')
    compile_catalogues(tmp_path)

    assert compile_catalogues(tmp_path) == []

    write(catalogue_path, 'msgid "title"\nmsgstr "Titel"\n')
    assert compile_catalogues(tmp_path) == [catalogue_path.with_suffix(".mo")]


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("%(title)s is online", "%(titel)s staat online"),
        ("%(title)s is online", "staat online"),
        ("at most %d", "hooguit %s"),
        ("%(number)s%% complete", "%(number)s% compleet"),
        ("got {kind}", "kreeg {soort}"),
    ],
)
def test_dutch_with_other_placeholders_is_garbled(catalogue_path, text, dutch):
    write(catalogue_path, f'msgid "{text}"\nmsgstr "{dutch}"\n')

    assert garbled([Message(text)], read_catalogue(catalogue_path)) == [Message(text)]


def test_each_form_of_a_plural_has_its_own_placeholders(catalogue_path):
    places = Message("one place in %(where)s", plural="%(n)d places in %(where)s")
    body = (
        f'msgid "{places.text}"\nmsgid_plural "{places.plural}"\n'
        'msgstr[0] "een plek in %(where)s"\n'
    )

    write(catalogue_path, body + 'msgstr[1] "%(n)d plekken in %(where)s"\n')
    assert garbled([places], read_catalogue(catalogue_path)) == []

    write(catalogue_path, body + 'msgstr[1] "%(n)d plekken"\n')
    assert garbled([places], read_catalogue(catalogue_path)) == [places]


def test_placeholders_may_change_places_and_an_absent_text_is_not_garbled(catalogue_path):
    moved = Message("%(a)s of %(b)s")
    write(catalogue_path, f'msgid "{moved.text}"\nmsgstr "van %(b)s: %(a)s, 100 % zeker"\n')

    assert garbled([moved, Message("title %d")], read_catalogue(catalogue_path)) == []
