"""JSON logs, one object a line, without credentials."""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """Writes a record as the reference application writes its own."""

    def __init__(self, service: str, redact: Callable[[str], str]) -> None:
        super().__init__()
        self._service = service
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "level": record.levelname.lower(),
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "service": self._service,
            "application": "keelson reference worker",
            **getattr(record, "fields", {}),
            **({"error": self.formatException(record.exc_info)} if record.exc_info else {}),
            "msg": record.getMessage(),
        }
        return self._redact(json.dumps(line, ensure_ascii=False))


def configure_logs(level: int | str, service: str, redact: Callable[[str], str]) -> None:
    """Sends all logs of the process to standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(service, redact))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Proofs come every few seconds: each is told at debug level only.
    if logging.root.level > logging.DEBUG:
        for name in ("celery.worker.strategy", "celery.app.trace"):
            logging.getLogger(name).setLevel(logging.WARNING)
