"""Answers in fewer bytes: zstd, Brotli or gzip, as the client accepts.

Static files are compressed once, when they are collected, and do not pass here.
"""

import re

from django_http_compression.middleware import HttpCompressionMiddleware


class CompressionMiddleware(HttpCompressionMiddleware):
    """Compresses what the library does, and the media types of GraphQL and JSON Feed."""

    content_type_re = re.compile(
        rf"{HttpCompressionMiddleware.content_type_re.pattern}"
        r"| ^application/(?: graphql-response | feed ) \+json",
        HttpCompressionMiddleware.content_type_re.flags,
    )
