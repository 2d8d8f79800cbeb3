from io import StringIO

from django.core.management import call_command

from lessons.comparability.report import measured


def test_the_report_is_printed_without_a_database():
    printed = StringIO()
    call_command("report_comparability", stdout=printed)
    assert printed.getvalue() == f"{measured()}\n"
