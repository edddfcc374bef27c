"""Proves what the worker depends on."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypedDict

from .discovery import Dependency
from .environment import Variables
from .proofs import PROOFS, TITLES

# Characters of an error that are shown.
LONGEST_DETAIL = 300


class Entry(TypedDict):
    """What is known of one dependency, as it is shown: without credentials."""

    name: str
    protocol: str
    target: str
    ok: bool
    detail: str
    milliseconds: int


@dataclass(frozen=True)
class Wiring:
    """The dependencies of a service, and what their proofs need."""

    service: str
    dependencies: Sequence[Dependency]
    variables: Variables
    redact: Callable[[str], str]

    def prove(self) -> list[Entry]:
        """Proves all of them at the same time."""
        with ThreadPoolExecutor(max_workers=max(1, len(self.dependencies))) as pool:
            return list(pool.map(self._prove, self.dependencies))

    def _prove(self, dependency: Dependency) -> Entry:
        started = time.monotonic()
        try:
            proof = PROOFS[dependency.protocol]
            ok, detail = True, proof(dependency.url, self.service, self.variables)
        # Whatever a client raises is the answer to the question.
        except Exception as error:
            ok, detail = False, str(error) or type(error).__name__
        return Entry(
            name=dependency.name,
            protocol=TITLES[dependency.protocol],
            target=dependency.target,
            ok=ok,
            detail=self.redact(detail)[:LONGEST_DETAIL],
            milliseconds=round(1000 * (time.monotonic() - started)),
        )
