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
        from lessons import checks, log_actions  # noqa: F401, PLC0415 - models exist only now
        from lessons.editing.adoptions import register_adoption_policy  # noqa: PLC0415 - idem
        from lessons.editing.panels import lesson_edit_handler  # noqa: PLC0415 - idem
        from lessons.editing.reference_data import (  # noqa: PLC0415 - idem
            register_read_only_policies,
        )
        from lessons.models import LessonPage  # noqa: PLC0415 - idem

        register_adoption_policy()
        register_read_only_policies()
        LessonPage.edit_handler = lesson_edit_handler()
