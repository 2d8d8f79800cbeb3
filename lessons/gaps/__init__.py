"""Where lessons are and where there are none yet: counts over two axes.

The way of a map: ``axes`` names what can be rows and columns → ``reading`` says of every
public lesson under which codes it stands → ``filtering`` keeps those that were asked for
→ ``counting`` counts each cell → ``mapping`` makes the records.

Counted from the database and not from the search index: each lesson is read once for all
cells together, both search engines give the same map, and it is never behind.
"""
