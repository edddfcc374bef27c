"""The reference worker: a Celery application that stands in for a private one and proves its wiring."""

import logging
import os
import threading
from typing import Any, TypedDict

from celery import Celery
from celery.signals import celeryd_after_setup, setup_logging, worker_ready

from .discovery import discover
from .environment import read_environment, redactor, service_name
from .logs import configure_logs
from .wiring import Entry, Wiring

logger = logging.getLogger("reference")

variables = read_environment(os.environ)
service = service_name(variables)
redact = redactor(variables)
wiring = Wiring(service, discover(variables), variables, redact)

# How often the dependencies are proven.
PROOF_SECONDS = float(variables.get("REFERENCE_PROOF_SECONDS") or 10)

broker = variables.get("CELERY_BROKER_URL") or variables.get("REDIS_URL")

backend = variables.get("CELERY_RESULT_BACKEND") or broker

app = Celery("reference", broker=broker, backend=backend)
app.conf.update(
    broker_connection_retry_on_startup=True,
    result_expires=3600,
    worker_prefetch_multiplier=1,
)


class Proven(TypedDict):
    """What the task tells."""

    service: str
    dependencies: list[Entry]


@app.task(name="reference.prove")
def prove() -> Proven:
    """Proves what the worker depends on, where tasks run."""
    return {"service": service, "dependencies": wiring.prove()}


@setup_logging.connect
def write_json(loglevel: int | None = None, **_: Any) -> None:
    configure_logs(loglevel or logging.INFO, service, redact)


@celeryd_after_setup.connect
def write_no_banner(instance: Any, **_: Any) -> None:
    # It would be the one thing in the log that is no JSON.
    instance.quiet = True


@worker_ready.connect
def introduce(**_: Any) -> None:
    known = [f"{each.name} ({each.protocol}, {each.target})" for each in wiring.dependencies]
    logger.info(
        'this is keelson\'s reference worker, standing in for "%s"',
        service,
        extra={"fields": {"dependencies": known}},
    )
    threading.Thread(target=watch, name="proofs", daemon=True).start()


def watch() -> None:
    """Proves the dependencies again and again, and writes news only: every round would drown the log."""
    before: dict[str, Entry] = {}
    pause = threading.Event()
    while True:
        for entry in wiring.prove():
            report(entry, before.get(entry["name"]))
            before[entry["name"]] = entry
        pause.wait(PROOF_SECONDS)


def report(now: Entry, before: Entry | None) -> None:
    proof = {key: value for key, value in now.items() if key not in ("name", "ok")}
    fields = {"dependency": now["name"], **proof}
    if now["ok"] and not (before and before["ok"]):
        logger.info("%s is proven", now["name"], extra={"fields": fields})
    if not now["ok"] and not (before and before["detail"] == now["detail"]):
        logger.warning("%s is not proven", now["name"], extra={"fields": fields})
