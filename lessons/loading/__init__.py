"""From files to the database: reference tables, vocabularies, pages, lessons and examples.

Each step reads and checks its files wholly before it writes, writes in one
transaction, and leaves alone what is already there. So a load that was killed leaves
nothing half, and loading again finishes the work.

problems → tables → geography_tables → geography
problems → content_files → vocabularies, site, pilots, lesson_files → lesson_pages → demo
"""
