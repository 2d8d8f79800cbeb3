"""wagtail-grapple used as its manual shows, on the same models and the same database.

It is what Lessenbank's API is measured against, and serves nobody else.
"""
