"""Feeds as files that others read: JSON Feed, Atom, CSV and JSON Lines.

``views`` answers the addresses, with conditional requests and for scripts of other sites;
``items`` says once what every output tells of a lesson and of one that is gone; a module
for each form writes it.
"""
