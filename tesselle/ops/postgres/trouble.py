"""What PostgreSQL's programs print, turned into a sentence with its cure."""

import os
from pathlib import Path

from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import DatabaseError

KEPT_CHARACTERS = 400


def database_error(home: Path, printed: str) -> DatabaseError:
    """`printed`: all that the failed program said; its last lines are kept as evidence."""
    said = " / ".join(line.strip() for line in printed.strip().splitlines()[-4:])[-KEPT_CHARACTERS:]
    if os.strerror(28) in printed:  # ENOSPC
        sentence = N_(
            "The disk that holds %(path)s is full, so the database cannot start. "
            "Free some space there, or choose another folder with TESSELLE_DATA. It said: %(said)s"
        )
    elif os.strerror(13) in printed or os.strerror(30) in printed:  # EACCES, EROFS
        sentence = N_(
            "The database may not write in %(path)s. Give the folder back to the user that runs Tesselle, "
            "or choose another one with TESSELLE_DATA. It said: %(said)s"
        )
    else:
        sentence = N_("The database in %(path)s does not start. It said: %(said)s")
    return DatabaseError(Message(sentence, {"path": str(home), "said": said or "-"}))
