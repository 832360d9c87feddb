"""`tesselle notify`: tell people what they are to know; the worker runs it when something is due."""

import argparse

from tesselle.ops.installation import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    with opened():
        from tesselle.channels.telling import tell_sign_ins
        from tesselle.engage.telling import tell_comments
        from tesselle.notify.outbox import send_due
        from tesselle.plan.by_hand.telling import tell_by_hand
        from tesselle.publish.telling import tell_troubles
        from tesselle.report.letters import mail_due

        tell_troubles()
        tell_by_hand()
        tell_comments()
        tell_sign_ins()
        send_due()
        mail_due()
    return 0
