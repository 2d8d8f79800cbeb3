"""Tile maps: every place one hexagon of the same size, near where it lies.

A small place is as easy to see and to choose as a large one, and no geometry of others is
needed: the tiles are made from the label points in ``lessons/data/gemeenten.csv``.
``placing`` finds the tiles, ``manage.py write_tile_maps`` writes them to
``lessons/data/tiles.csv``, and ``mapping`` gives them as records.
"""
