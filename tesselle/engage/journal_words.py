"""What this folder's verbs are called in the journal. Never a word of what people wrote."""

from tesselle.domain.messages import N_
from tesselle.journal.words import tell_verbs

VERBS = {
    "comment.put_aside": N_("Said that what people wrote needs no answer (%(count)s)"),
    "comment.taken_up": N_("Took up again what was put aside of what people wrote (%(count)s)"),
    "comments.listened_to": N_("Had new comments looked for, although that is billed"),
    "comments.not_listened_to": N_("Had new comments no longer looked for"),
    "comment.erased": N_("Erased what was kept of a comment or a message, at its author’s request"),
}


def tell() -> None:
    tell_verbs(VERBS)
