"""Feeds: selections of lessons that others follow, with what left them and why.

- ``questions`` reads and checks the question of a feed.
- ``matching`` asks the engine which lessons answer to it; there is no second set of filters.
- ``members`` keeps who is in each feed, in step with the register of changes.
- ``reading`` tells what is and was in a feed, through the gate.
"""
