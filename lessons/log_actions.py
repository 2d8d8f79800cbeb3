"""Entries of the audit log that belong to lessons."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_withdrawal_actions(actions: Any) -> None:
    """Let the log tell who withdrew, put back or shared a lesson, and what was refused."""
    actions.register_action("lessons.withdraw", _("Withdraw"), _("Withdrew the lesson"))
    actions.register_action("lessons.reinstate", _("Reinstate"), _("Put the lesson back online"))
    actions.register_action(
        "lessons.share_draft", _("Share the draft"), _("Made a link to the draft")
    )
    actions.register_action(
        "lessons.revoke_draft_links",
        _("Revoke the links to the draft"),
        _("Revoked all links to the draft"),
    )
    actions.register_action(
        "lessons.refuse_publication",
        _("Refuse publication"),
        _("Refused the scheduled publication: the lesson was not complete"),
    )
