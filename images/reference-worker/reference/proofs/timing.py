"""How long a proof waits for a server."""

TIMEOUT_SECONDS = 4
