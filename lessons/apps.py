from django.apps import AppConfig


class LessonsConfig(AppConfig):
    """The domain: lessons, vocabularies, geography, pilots."""

    name = "lessons"
    label = "lessons"
    verbose_name = "Lessons"

    def ready(self) -> None:
        """Register what works by being imported, and attach the editors' side.

        The models know nothing of forms and permissions; they are given to them here.
        """
        from lessons import checks, log_actions  # noqa: F401 - models exist only now
        from lessons.editing.adoptions import register_adoption_policy
        from lessons.editing.panels import lesson_edit_handler
        from lessons.editing.reference_data import (
            register_read_only_policies,
        )
        from lessons.models import LessonPage

        register_adoption_policy()
        register_read_only_policies()
        LessonPage.edit_handler = lesson_edit_handler()
