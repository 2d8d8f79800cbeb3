from io import StringIO

from django.core.management import CommandError, call_command

from lessons.choices import LessonKind


def check(*arguments):
    output, errors = StringIO(), StringIO()
    try:
        call_command("check_translations", *arguments, stdout=output, stderr=errors)
    except CommandError as error:
        return str(error), errors.getvalue().splitlines()
    return output.getvalue(), errors.getvalue().splitlines()


def test_the_catalogue_in_force_is_dutch_and_complete():
    result, faults = check()

    assert faults == []
    assert result.endswith("teksten zijn vertaald.\n")
    assert str(LessonKind.OBSTACLE.label) == "belemmering"


def test_written_texts_wait_for_their_dutch_and_a_fault_is_named(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "nl" / "LC_MESSAGES" / "django.po"

    result, faults = check("--write")
    assert result.endswith("teksten zonder bruikbare vertaling.")
    assert "lessons/choices.py:11: 'obstacle' heeft geen vertaling" in faults
    assert [file.name for file in path.parent.iterdir()] == ["django.po"]

    empty = 'msgid "obstacle"\nmsgstr ""'
    path.write_text(path.read_text().replace(empty, 'msgid "obstacle"\nmsgstr "%d"'))
    _, faults = check()
    assert "lessons/choices.py:11: de vertaling van 'obstacle' heeft andere invulplaatsen" in faults
