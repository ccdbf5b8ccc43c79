"""Logs: lines for people, or one JSON object a line for machines, without a word of what people wrote."""

from __future__ import annotations

import logging

import structlog

from hub.settings import Settings
from hub.tracebacks import without_messages


def configure_logs(settings: Settings) -> None:
    """Write logs for people, or as one JSON object a line for machines."""
    form = structlog.processors.JSONRenderer() if settings.log_format == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_messages,
            form,
        ],
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )


def keep_libraries_quiet() -> None:
    """Let no library write what it writes to be looked for errors in: Authlib's lines would hold tokens."""
    logging.getLogger("authlib").setLevel(logging.INFO)
