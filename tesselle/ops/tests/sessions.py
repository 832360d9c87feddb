"""Short words for what tests do with a database."""

from pathlib import Path
from urllib.parse import unquote

import psycopg

from tesselle.ops.data_folder import DataFolder
from tesselle.ops.postgres import EmbeddedPostgres


def embedded(path: Path, *, durable: bool = False) -> EmbeddedPostgres:
    """Careless unless told otherwise: without `synchronous_commit` a kill loses what was just written."""
    return EmbeddedPostgres(DataFolder.open(path), durable=durable)


def write(dsn: str, text: str) -> None:
    with psycopg.connect(dsn) as session:
        session.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        session.execute("INSERT INTO note VALUES (%s)", [text])


def notes(dsn: str) -> list[str]:
    with psycopg.connect(dsn) as session:
        return [text for (text,) in session.execute("SELECT text FROM note ORDER BY text")]


def answer(dsn: str, question: str) -> object:
    with psycopg.connect(dsn) as session:
        row = session.execute(question.encode()).fetchone()
    return row[0] if row else None


def socket_folder(dsn: str) -> Path:
    return Path(unquote(dsn.partition("?host=")[2]))
