import pytest

from cms.translating.messages import Message
from cms.translating.packages import texts_without_dutch

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def locale_dir(tmp_path):
    folder = tmp_path / "locale"
    write(
        folder,
        "en",
        'msgid "Lock"\nmsgstr ""\n\n'
        'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] ""\nmsgstr[1] ""\n',
    )
    return folder


def write(folder, language, body, domain="django"):
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body)


def test_a_package_without_dutch_lacks_all_its_texts(locale_dir):
    assert texts_without_dutch([locale_dir], "django") == {
        Message("Lock"): str(locale_dir),
        Message("%d day", plural="%d days"): str(locale_dir),
    }


def test_a_package_lacks_what_its_dutch_leaves_empty_or_uncertain(locale_dir):
    write(
        locale_dir,
        "nl",
        '#, fuzzy\nmsgid "Lock"\nmsgstr "Slot"\n\n'
        'msgid "%d day"\nmsgid_plural "%d days"\nmsgstr[0] "%d dag"\nmsgstr[1] "%d dagen"\n',
    )

    assert list(texts_without_dutch([locale_dir], "django")) == [Message("Lock")]


def test_texts_of_scripts_are_a_domain_of_their_own(locale_dir):
    write(locale_dir, "en", 'msgid "Close"\nmsgstr ""\n', domain="djangojs")

    assert list(texts_without_dutch([locale_dir], "djangojs")) == [Message("Close")]


def test_a_package_without_catalogues_lacks_nothing(tmp_path):
    assert texts_without_dutch([tmp_path / "locale"], "django") == {}
