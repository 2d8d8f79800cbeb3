"""The pages for developers of partners, under ``/ontwikkelaars/``.

- ``examples`` holds the code that the pages show; the tests run every one of it.
- ``schema_page`` makes a page of the schema that needs no JavaScript.
"""
