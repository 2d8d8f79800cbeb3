"""What machines read of Lessenbank: things by their URI, the catalogue, and how to find it all.

A URI names a thing and answers 303 See Other, to the page for people or to a document for
programs; a document has an address of its own, such as ``/id/fase/borging.ttl``. Lessons
and pilots are described with schema.org, vocabularies and places with SKOS, the data as a
whole with DCAT-AP-NL 3.0. All of it passes ``lessons.selectors``.
"""
