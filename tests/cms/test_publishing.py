"""What publishing any page of the project does beside Wagtail's own."""

from __future__ import annotations

import pytest
from wagtail.models import ReferenceIndex

from lessons.models import LessonPartner, Partner
from tests.factories import make_lesson, make_term


@pytest.mark.usefixtures("wagtail_tasks")
def test_references_are_gathered_once_and_are_those_of_what_is_published(db, monkeypatch):
    lesson = make_lesson()
    partners = [make_term(Partner, code) for code in ("vng", "nvp", "jeugdzorg")]
    lesson.partner_roles = [LessonPartner(partner=each, role="lead") for each in partners]
    revision = lesson.save_revision()
    gathered = []
    gather = ReferenceIndex.create_or_update_for_object

    def counted(page):
        gathered.append(page.pk)
        gather(page)

    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", counted)

    revision.publish()

    assert gathered == [lesson.pk]
    for partner in partners:
        references = ReferenceIndex.get_references_to(partner)
        assert references.filter(object_id=str(lesson.pk)).exists()
