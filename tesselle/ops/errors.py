"""What can keep Tesselle from starting, told to whoever runs the server."""

from tesselle.domain.errors import TesselleError
from tesselle.domain.messages import Message


class OpsError(TesselleError):
    """Something on this machine has to be mended by the person who runs the server."""


class DataFolderError(OpsError):
    """The folder that holds the data cannot be used."""


class AlreadyRunningError(DataFolderError):
    """Another Tesselle works in this folder. `holder` is its process id, when it left one."""

    def __init__(self, message: Message, holder: int | None) -> None:
        super().__init__(message)
        self.holder = holder


class DatabaseError(OpsError):
    """The embedded PostgreSQL cannot be used."""


class DatabaseNotRunningError(DatabaseError):
    """Nobody started the embedded PostgreSQL of this folder."""


class PostFileError(OpsError):
    """A post that was written by hand cannot be read."""


class NotBegunError(OpsError):
    """There is no installation where a command was to work on one."""


class OtherTablesError(OpsError):
    """The database is not at this release."""


class BackupError(OpsError):
    """A backup or an export cannot be written or read."""


class ListenError(OpsError):
    """The address cannot be served on."""
