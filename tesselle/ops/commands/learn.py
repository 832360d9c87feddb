"""`tesselle learn`: what the figures say, for every workspace that asked; done at night and on a button."""

import argparse
import logging
import os

from tesselle.ops.installation import opened

log = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--nightly", action="store_true", help="ask for each workspace with new posts first")


def run(options: argparse.Namespace) -> int:
    # On few cores the threaded library is many times slower at these sizes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with opened():
        from tesselle.learn.services import ask_where_goals_wait, ask_where_news

        if options.nightly:
            from tesselle.adapt.trials.waiting import ask_where_pairs_wait

            ask_where_news()
            ask_where_pairs_wait()
            ask_where_goals_wait()
        return work_off()


def work_off() -> int:
    """Every run that waits; 1 when one of them failed."""
    from tesselle.adapt.judging import judge_due
    from tesselle.adapt.proposing import propose
    from tesselle.adapt.trials.looking import look
    from tesselle.learn.goals import foretell
    from tesselle.learn.running import finish, perform
    from tesselle.learn.scoring import keep_score
    from tesselle.learn.services import give_up, take

    status = 0
    while (one := take()) is not None:
        try:
            learned = perform(one)
            look(learned)
            keep_score(learned.run, learned.rows)
            foretell(learned.run)
            judged, suggested = judge_due(learned), propose(learned)
            finish(learned.run)
        except Exception:  # the outermost loop: one workspace's trouble keeps nobody else waiting
            log.exception("learning_failed", extra={"workspace": one.workspace_id})
            give_up(one)
            status = 1
            continue
        print(
            f"{one.workspace.name}: {learned.run.posts} posts, {len(suggested)} suggestions, "
            f"{judged} decisions judged."
        )
    return status
