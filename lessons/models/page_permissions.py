"""What Wagtail's permissions, given out on the page tree, do not tell of themselves.

They hold for a page and all that is under it, and they know no withdrawal. Every view,
menu and list of the CMS asks these testers, so that a rule stated here holds everywhere.
"""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class LessonPermissions(PagePermissionTester):
    """A lesson goes offline by being withdrawn, so that its address goes on answering."""

    def can_unpublish(self) -> bool:
        """Return False: unpublishing leaves an address without reason or replacement."""
        return False


class SectionPermissions(PagePermissionTester):
    """A part of the tree that holds lessons belongs to those who may publish there.

    Others write lessons in it, for which they need the permission to change what is under
    it; Wagtail would let them change the section itself.
    """

    def _may_manage(self) -> bool:
        return bool(self.can_publish())

    def can_edit(self) -> bool:
        """Return whether the user may manage the section."""
        return self._may_manage() and bool(super().can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Return whether the user may manage the section, and delete it."""
        return self._may_manage() and bool(super().can_delete(ignore_bulk))

    def can_submit_for_moderation(self) -> bool:
        """Return False: the workflow is about lessons."""
        return False

    def can_view_revisions(self) -> bool:
        """Return whether the history can be opened, which Wagtail asks of editing."""
        return self.can_edit()

    def can_unpublish(self) -> bool:
        """Return whether the section could go offline without its lessons."""
        return bool(self.page.is_leaf() and super().can_unpublish())
