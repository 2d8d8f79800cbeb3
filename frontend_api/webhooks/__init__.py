"""Webhooks: telling partners what happens to lessons, after the Standard Webhooks specification.

They follow the register of changes (``search.service``): nothing that happens is told to them,
they ask what comes after their position.

- ``planning`` writes what comes after the position of a webhook as deliveries, and moves the
  position in the same transaction: a kill loses nothing.
- ``messages`` makes the text of deliveries when they are sent, through the gate: what waited for
  days tells how the lesson is now.
- ``delivering`` sends to all webhooks at once, each under a lease; ``sending`` makes one request,
  ``addresses`` says to whom it may go, ``signing`` signs it.
- ``outcomes`` decides what an answer means: done, tried again, given up, switched off.
- ``notices`` tells people; ``editing``, ``log_screens`` and ``trying`` are the screens.
"""
