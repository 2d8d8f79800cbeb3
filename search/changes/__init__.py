"""The register of changes: every change of what the public sees of a lesson, in one order.

It lies in ``search`` because the outbox does: the drain that brings a changed lesson to the
index also writes it down here, in the transaction that takes its entries from the outbox.
So a kill loses nothing, and lessons know nothing of those who follow them. ``frontend_api``
reads through ``search.service``; webhooks and feeds follow the same positions.

- ``recording`` writes: one row for each lesson that was ever public, whose position moves up
  with each change. Whoever follows the positions gets the newest state of each lesson at
  least once, in order, deletions included.
- ``reading`` tells what is at those positions, through the gate, at the moment of asking.
- ``cursors`` are positions as others hold them.
"""
