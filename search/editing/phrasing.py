"""The explanation of an answer in words for editors."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.dutch.tokens import plain_words
from search.explaining import Form, Found, Sought, Way

FIELD_NAMES = {
    "title": gettext_lazy("title"),
    "core": gettext_lazy("core"),
    "labels": gettext_lazy("characteristics"),
    "places": gettext_lazy("places"),
    "advice": gettext_lazy("recommendations and conditions"),
    "story": gettext_lazy("story"),
}


def found_sentence(found: Found) -> str:
    """Return one line that says which word was found, how, and where."""
    fields = ", ".join(str(FIELD_NAMES[field]) for field in found.fields)
    if found.sought.way is Way.TYPED:
        return _typed_sentence(found) % {
            "typed": found.sought.typed,
            "written": found.written,
            "fields": fields,
        }
    text = _("%(reading)s; found in: %(fields)s")
    if tuple(plain_words(found.written)) != found.sought.words:
        text = _("%(reading)s; found as “%(written)s” in: %(fields)s")
    return text % {
        "reading": sought_sentence(found.sought),
        "written": found.written,
        "fields": fields,
    }


def _typed_sentence(found: Found) -> str:
    return {
        Form.EXACT: _("“%(typed)s” as typed in: %(fields)s"),
        Form.OTHER_FORM: _("“%(typed)s” in another form, “%(written)s”, in: %(fields)s"),
        Form.PART: _("“%(typed)s” as a part of “%(written)s” in: %(fields)s"),
    }[found.form]


def sought_sentence(sought: Sought) -> str:
    """Return how something typed was read."""
    return {
        Way.TYPED: _("“%(typed)s” as typed"),
        Way.SPELLING: _("“%(typed)s” read as “%(words)s” (typing error)"),
        Way.SYNONYM: _("“%(typed)s” also as “%(words)s” (other name)"),
        Way.JOINED: _("“%(typed)s” also as the one word “%(words)s”"),
        Way.SPLIT: _("“%(typed)s” also by its parts: “%(words)s”"),
    }[sought.way] % {"typed": sought.typed, "words": sought.text}
