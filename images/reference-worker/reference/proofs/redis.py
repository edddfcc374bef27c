"""Redis: a key of its own, set with an expiry and read back."""

import uuid
from urllib.parse import SplitResult

import redis

from ..environment import Variables
from .timing import TIMEOUT_SECONDS


def prove_redis(url: SplitResult, service: str, _variables: Variables) -> str:
    key = f"reference:{service}:proof"
    written = str(uuid.uuid4())
    with redis.Redis.from_url(
        url.geturl(), socket_timeout=TIMEOUT_SECONDS, decode_responses=True
    ) as client:
        # At once, for another proof may have the same key.
        read = client.pipeline(transaction=True).set(key, written, ex=60).get(key).execute()[1]
        if read != written:
            raise RuntimeError(f"key {key} was written, but another value was read")
    return f"key {key} written and read in database {url.path.strip('/') or '0'}"
