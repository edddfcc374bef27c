"""Qdrant: a collection of its own with one vector, written anew and found by a query; by its HTTP API."""

import json
import re
import urllib.error
import urllib.request
import uuid
from typing import Any
from urllib.parse import SplitResult

from ..environment import Variables
from .http import authorization, origin
from .timing import TIMEOUT_SECONDS

VECTOR = [0.6, 0.8, 0.0]
CONFLICT = 409


def prove_qdrant(url: SplitResult, service: str, variables: Variables) -> str:
    name = f"reference-{re.sub(r'[^A-Za-z0-9]+', '-', service)}-proof"
    base = f"{origin(url)}/collections/{name}"
    key = variables.get("QDRANT_API_KEY")
    headers = {**authorization(url), **({"api-key": key} if key else {})}
    written = str(uuid.uuid4())
    _make_collection(base, headers)
    point = {"id": 1, "vector": VECTOR, "payload": {"written": written}}
    _send("PUT", f"{base}/points?wait=true", {"points": [point]}, headers)
    query = {"query": VECTOR, "limit": 1, "with_payload": True}
    found = _send("POST", f"{base}/points/query", query, headers)["result"]["points"]
    if not found or found[0]["payload"]["written"] != written:
        raise RuntimeError(
            f"a vector was written to collection {name}, but the query for it found something else"
        )
    return f"vector upserted into {name} and found by a query"


def _make_collection(base: str, headers: dict[str, str]) -> None:
    vectors = {"size": len(VECTOR), "distance": "Cosine"}
    try:
        _send("PUT", base, {"vectors": vectors}, headers)
    except urllib.error.HTTPError as error:
        # It is there from an earlier proof.
        if error.code != CONFLICT:
            raise


def _send(method: str, url: str, content: object, headers: dict[str, str]) -> Any:
    request = urllib.request.Request(
        url,
        method=method,
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json", **headers},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
        return json.load(response)
