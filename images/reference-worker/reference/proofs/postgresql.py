"""PostgreSQL: a row in the table that the reference application's migrations make, inserted and selected."""

import ssl
from urllib.parse import SplitResult, parse_qs, unquote

from pg8000.exceptions import DatabaseError
from pg8000.native import Connection

from ..environment import Variables
from .timing import TIMEOUT_SECONDS

UNDEFINED_TABLE = "42P01"

# How many proofs the table keeps.
KEPT = 1000


def prove_postgresql(url: SplitResult, service: str, variables: Variables) -> str:
    connection = Connection(
        unquote(url.username or ""),
        host=url.hostname,
        port=url.port or 5432,
        database=unquote(url.path.removeprefix("/")) or None,
        password=unquote(url.password or ""),
        timeout=TIMEOUT_SECONDS,
        ssl_context=_encryption(url, variables),
        application_name="keelson reference worker",
    )
    try:
        return _insert_and_select(connection, service)
    except DatabaseError as error:
        raise RuntimeError(_explain(error)) from error
    finally:
        connection.close()


def _insert_and_select(connection: Connection, service: str) -> str:
    insert = "insert into reference_proof (service) values (:service) returning id"
    row = connection.run(insert, service=service)[0][0]
    selected = connection.run(
        "select (select version from pg_stat_ssl where pid = pg_backend_pid())"
        " from reference_proof where id = :id and service = :service",
        id=row,
        service=service,
    )
    if not selected:
        raise RuntimeError(f"row {row} was inserted into reference_proof, but is not there")
    connection.run("delete from reference_proof where id <= :oldest", oldest=row - KEPT)
    encryption = selected[0][0] or "not encrypted"
    return f"row {row} inserted into reference_proof and selected, {encryption}"


def _explain(error: DatabaseError) -> str:
    told = error.args[0] if error.args else {}
    if not isinstance(told, dict):
        return str(error)
    if told.get("C") == UNDEFINED_TABLE:
        return 'table reference_proof does not exist: run "alembic upgrade head" with the same environment'
    return str(told.get("M", error))


def _encryption(url: SplitResult, variables: Variables) -> ssl.SSLContext | bool | None:
    """What libpq's modes mean to pg8000: TLS never, if the server has it, or always."""
    query = parse_qs(url.query)
    mode = next(
        (query[name][0] for name in ("ssl", "sslmode") if name in query),
        variables.get("DATABASE_SSL_MODE") or variables.get("PGSSLMODE") or "prefer",
    )
    authority = variables.get("DATABASE_SSL_ROOT_CERT") or variables.get("PGSSLROOTCERT")
    if mode == "disable":
        return False
    if mode in ("allow", "prefer"):
        return None
    if mode == "require" and not authority:
        return True
    if mode in ("require", "verify-ca", "verify-full"):
        context = ssl.create_default_context(cafile=authority)
        context.check_hostname = mode != "verify-ca"
        return context
    raise RuntimeError(f'TLS mode "{mode}" of the database is not known')
