from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from cms.models import HomePage
from lessons.models import LessonPage


def test_content_asks_for_the_jeugdregios_first(db: None) -> None:
    with pytest.raises(CommandError, match="draai eerst 'manage\\.py load_geography'") as refused:
        call_command("load_content")

    assert refused.value.returncode == 1
    assert not HomePage.objects.exists()
    assert not LessonPage.objects.exists()
