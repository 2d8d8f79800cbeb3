"""Structured logs: structlog renders both its own events and those of the libraries."""

import logging
import re
from typing import Any

import structlog

_DRAFT_LINK = re.compile(r"/concept/[^/\s?\"']+")


def hide_draft_links(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a line what opens a draft: who reads the log has no part in it."""
    return {
        name: _DRAFT_LINK.sub("/concept/…", value) if isinstance(value, str) else value
        for name, value in event.items()
    }


_SHARED_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]


def logging_settings(log_format: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING for ``console`` or ``json`` lines, and configure structlog."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED_PROCESSORS,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    hide_draft_links,
                    renderer,
                ],
                "foreign_pre_chain": _SHARED_PROCESSORS,
            }
        },
        "filters": {"news": {"()": lambda: is_news}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django gives its own loggers a level, which would go before that of the root.
            "django": {"level": level},
            "django.request": {"filters": ["news"]},
            "wagtail": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
            "elastic_transport": {"level": "ERROR"},
            "django_structlog": {"level": "WARNING"},
            "django_tasks": {"level": "WARNING"},
        },
    }


def is_news(record: logging.LogRecord) -> bool:
    """Return whether a request is worth a line: not when it was one too many in its minute.

    Who asks too much would fill the disk by it; how many were refused is counted elsewhere.
    """
    return getattr(record, "status_code", None) != 429
