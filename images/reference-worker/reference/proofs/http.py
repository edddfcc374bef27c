"""Any other service: it answers on its health path."""

import urllib.request
from base64 import b64encode
from urllib.parse import SplitResult, unquote

from ..environment import Variables
from .timing import TIMEOUT_SECONDS


def prove_http(url: SplitResult, _service: str, _variables: Variables) -> str:
    path = f"{url.path.rstrip('/')}/health"
    request = urllib.request.Request(f"{origin(url)}{path}", headers=authorization(url))
    # A redirect counts as an answer of where it leads; other than 2xx raises.
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
        return f"GET {path} answered {response.status}"


def origin(url: SplitResult) -> str:
    """Scheme, host and port, without credentials."""
    return f"{url.scheme}://{url.netloc.rpartition('@')[2]}"


def authorization(url: SplitResult) -> dict[str, str]:
    """The header that carries the credentials of a URL, which clients refuse within it."""
    if not url.username and not url.password:
        return {}
    login = f"{unquote(url.username or '')}:{unquote(url.password or '')}"
    return {"Authorization": f"Basic {b64encode(login.encode()).decode()}"}
