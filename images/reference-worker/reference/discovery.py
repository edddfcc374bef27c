"""Finds in the environment what the worker depends on, by the names and the shape of its variables."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from .environment import Variables

# A variable that names a server, whatever is spoken there.
NAMES_SERVER = re.compile(r"_(URL|URI)$")


@dataclass(frozen=True)
class Dependency:
    """Something to be connected to."""

    name: str
    protocol: str
    # With credentials: never to be shown.
    url: SplitResult
    port: int

    @property
    def target(self) -> str:
        """The address without credentials."""
        return f"{self.url.hostname}:{self.port}"


@dataclass(frozen=True)
class Parts:
    """Variables that hold the parts of an address, looked at where no URL names the protocol."""

    scheme: str
    host: str
    port: str
    default_port: int
    user: str = ""
    password: str = ""
    path: str = ""


@dataclass(frozen=True)
class Sign:
    """How variables name a dependency of a protocol."""

    ports: dict[str, int]
    variable: re.Pattern[str] = re.compile("")
    parts: Parts | None = None


# In the order in which they claim a variable: HTTP takes what is left.
SIGNS = {
    "postgresql": Sign(
        ports={"postgresql": 5432, "postgres": 5432},
        parts=Parts(
            scheme="postgresql",
            host="POSTGRES_HOST",
            port="POSTGRES_PORT",
            default_port=5432,
            user="POSTGRES_USER",
            password="POSTGRES_PASSWORD",
            path="POSTGRES_DB",
        ),
    ),
    "redis": Sign(
        ports={"redis": 6379, "rediss": 6379},
        parts=Parts(
            scheme="redis",
            host="REDIS_HOST",
            port="REDIS_PORT",
            default_port=6379,
            password="REDIS_PASSWORD",
            path="REDIS_DB",
        ),
    ),
    "qdrant": Sign(
        ports={"http": 80, "https": 443},
        variable=re.compile(r"^QDRANT_(URL|URI)$"),
        parts=Parts(scheme="http", host="QDRANT_HOST", port="QDRANT_PORT", default_port=6333),
    ),
    "http": Sign(
        ports={"http": 80, "https": 443},
        # Those of *_BASE_URL are external APIs, which have no health path.
        variable=re.compile(r"^(?!.*_BASE_URL$).+_(URL|URI)$"),
    ),
}


def discover(variables: Variables) -> list[Dependency]:
    """Gives the dependencies by name; raises ValueError for an address that can't be used, without its value."""
    found = [dependency for item in variables.items() if (dependency := _from_url(*item))]
    protocols = {dependency.protocol for dependency in found}
    for protocol, sign in SIGNS.items():
        parts = sign.parts
        if protocol not in protocols and parts and variables.get(parts.host):
            found.append(_dependency(parts.host, protocol, _assemble(parts, variables)))
    return sorted(found, key=lambda dependency: dependency.name)


def _from_url(variable: str, value: str) -> Dependency | None:
    if "://" not in value:
        return None
    # SQLAlchemy adds its driver to the scheme, as in postgresql+asyncpg.
    scheme = value.partition("://")[0].partition("+")[0]
    for protocol, sign in SIGNS.items():
        if scheme in sign.ports and sign.variable.search(variable):
            return _dependency(variable, protocol, value)
    spoken = sorted({scheme for sign in SIGNS.values() for scheme in sign.ports})
    if NAMES_SERVER.search(variable) and scheme not in spoken:
        raise ValueError(
            f'{variable} has the scheme "{scheme}", which is not spoken here: {", ".join(spoken)} are'
        )
    return None


def _assemble(parts: Parts, variables: Variables) -> str:
    def value(name: str) -> str:
        return quote(variables.get(name, ""), safe="")

    port = variables.get(parts.port) or parts.default_port
    login = f"{value(parts.user)}:{value(parts.password)}@"
    return f"{parts.scheme}://{login}{variables[parts.host]}:{port}/{value(parts.path)}"


def _dependency(variable: str, protocol: str, address: str) -> Dependency:
    url = urlsplit(address)
    if not url.hostname:
        raise ValueError(f"{variable} names no host")
    name = re.sub(r"_(URL|URI|HOST)$", "", variable).lower().replace("_", "-")
    scheme = url.scheme.partition("+")[0]
    return Dependency(name, protocol, url, url.port or SIGNS[protocol].ports[scheme])
