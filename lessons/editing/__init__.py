"""The editors' side: roles, forms, workflow, dashboards, vocabularies, withdrawals.

Built on Wagtail's admin; attached to it in ``lessons.apps`` (the form of a lesson) and
``lessons.wagtail_hooks`` (everything else).
"""
