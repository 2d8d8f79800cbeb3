"""Where lessons are and where there are none yet: counts over two axes.

The way of a map: ``axes`` names what can be rows and columns → ``content`` says whether
anything changed since the map was made → ``reading`` says under which codes the public
lessons stand → ``mapping`` counts each cell and makes the records.

Counted from the database and not from the search index: lessons are read once for all
cells together, both search engines give the same map, and it is never behind.
"""
