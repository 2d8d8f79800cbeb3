from io import StringIO

from django.core.management import CommandError, call_command

from cms.settings.environment import PROJECT_DIR
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


def obstacle_line():
    """Return where the text of the tests stands."""
    lines = (PROJECT_DIR / "lessons" / "choices.py").read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if '_("obstacle")' in line)


def test_written_texts_wait_for_their_dutch_and_a_fault_is_named(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "nl" / "LC_MESSAGES" / "django.po"

    result, faults = check("--write")
    assert result.endswith("teksten zonder bruikbare vertaling.")
    place = f"lessons/choices.py:{obstacle_line()}"
    assert f"{place}: 'obstacle' heeft geen vertaling" in faults
    assert [file.name for file in path.parent.iterdir()] == ["django.po"]

    empty = 'msgid "obstacle"\nmsgstr ""'
    path.write_text(path.read_text().replace(empty, 'msgid "obstacle"\nmsgstr "%d"'))
    _, faults = check()
    assert f"{place}: de vertaling van 'obstacle' heeft andere invulplaatsen" in faults
