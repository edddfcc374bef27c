"""The proofs by protocol: each connects anew, writes, reads back what it wrote, and closes."""

from collections.abc import Callable
from urllib.parse import SplitResult

from ..environment import Variables
from .http import prove_http
from .postgresql import prove_postgresql
from .qdrant import prove_qdrant
from .redis import prove_redis

# Gives what was proved, without credentials; raises an error that says what did not work.
Proof = Callable[[SplitResult, str, Variables], str]

PROOFS: dict[str, Proof] = {
    "postgresql": prove_postgresql,
    "redis": prove_redis,
    "qdrant": prove_qdrant,
    "http": prove_http,
}

# Protocols as people write them.
TITLES = {"postgresql": "PostgreSQL", "redis": "Redis", "qdrant": "Qdrant", "http": "HTTP"}
