"""The application under the name by which Semantik's worker has it: celery -A webui.celery_app worker."""

from reference.application import app

__all__ = ["app"]
