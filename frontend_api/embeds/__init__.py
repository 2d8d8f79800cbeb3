"""Lessons on the websites of others: four embeds, each one fragment in three forms.

``contents`` says what each embed shows, ``options`` how it may look, ``views`` answers the
addresses as a page for an iframe or as a bare fragment, ``released`` holds the script and the
stylesheet that others link to, ``builder`` and ``code`` make what a web editor copies.
"""
