"""The kinds of irreversible steps. A connector may call the first step of a post by a name of its own."""

from enum import StrEnum


class StepKind(StrEnum):
    POST = "post"
    PART = "part"  # a further part of a thread
    COMMENT = "comment"  # our own first comment below the post
    RECIPIENT = "recipient"  # one of several who each get the post (a mail, a webhook)
    ANSWER = "answer"
    EDIT = "edit"
    DELETE = "delete"
