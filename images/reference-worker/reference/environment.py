"""What the worker is told by variables, and what of it must never be shown."""

import re
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

Variables = Mapping[str, str]

CREDENTIAL = re.compile(r"(PASSWORD|KEY|TOKEN|SECRET)$")
ADDRESS = re.compile(r"_(URL|URI|BACKEND)$")
MASK = "•••"

# Shorter values occur in ordinary words.
SHORTEST = 4


def read_environment(environment: Mapping[str, str]) -> Variables:
    """The variables, with those that are given by file: NAME_FILE gives NAME, unless NAME is set."""
    variables = dict(environment)
    for variable, file in environment.items():
        name = variable.removesuffix("_FILE")
        if name == variable or name in variables:
            continue
        if CREDENTIAL.search(name) or ADDRESS.search(name):
            variables[name] = Path(file).read_text(encoding="utf-8").strip()
    return variables


def service_name(variables: Variables) -> str:
    """The name of the service that is stood in for."""
    return variables.get("SERVICE_NAME") or socket.gethostname()


def redactor(variables: Variables) -> Callable[[str], str]:
    """Gives a function that masks every credential in a text, in clear or URL-encoded."""
    spellings = {
        spelling
        for secret in _secrets(variables)
        for spelling in (secret, quote(secret, safe=""), unquote(secret))
        if len(spelling) >= SHORTEST
    }
    # The longest first: one secret may be the beginning of another.
    ordered = sorted(spellings, key=len, reverse=True)

    def redact(text: str) -> str:
        for spelling in ordered:
            text = text.replace(spelling, MASK)
        return text

    return redact


def _secrets(variables: Variables) -> set[str]:
    named = {value for name, value in variables.items() if CREDENTIAL.search(name)}
    within = {
        password
        for value in variables.values()
        for password in re.findall(r"//[^/\s:@]*:([^/\s]+)@", value)
    }
    return named | within
