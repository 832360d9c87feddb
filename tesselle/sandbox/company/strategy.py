"""The company's objective, reader, rhythm and line, and the quotes it noted; all of it an example."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tesselle.adapt.models import Experiment
from tesselle.adapt.trials.services import make_experiment
from tesselle.channels.models import Channel
from tesselle.measure.models import BusinessResult
from tesselle.measure.rollups import told_of_posts
from tesselle.strategy.models import Cadence, EditorialLine, Objective, Persona
from tesselle.workspaces.models import User, Workspace

WEEKS_NOTED = 18
ASKED_ON = ("instagram", "facebook", "google_business")
OBJECTIVE = "Recevoir douze demandes de devis par mois grâce à nos réseaux (exemple)"
SEED, CAME_FROM_SEED = 11, 5


def set_strategy(workspace: Workspace, channels: Sequence[Channel], today: date, person: User) -> Objective:
    _quotes(workspace, channels, today)
    Persona.objects.create(
        workspace=workspace,
        name="Un couple qui rénove sa première salle de bains (exemple)",
        situation="Ils ont acheté il y a peu et n’ont jamais fait de travaux.",
        question="Combien cela coûte-t-il, et combien de temps serons-nous sans douche ?",
        objection="La peur du chantier qui traîne.",
        proof="Des chantiers terminés près de chez eux, avec leur durée.",
        where="Instagram et les avis en ligne",
    )
    EditorialLine.objects.create(
        workspace=workspace,
        promise="Voir comment c’est fait, par ceux qui le font.",
        tone="Simple et concret. On dit « vous ». Les mots du métier sont expliqués.",
        avoid="Le logement d’un client sans son accord. Les prix sans explication.",
        publishers="Camille écrit, la direction approuve ce qui montre des clients.",
        answers="Chaque question dans la journée de travail ; une réclamation dans les quatre heures.",
    )
    Cadence.objects.bulk_create(
        Cadence(channel=one, times=3, per=Cadence.Per.WEEK) for one in channels if told_of_posts(one.network)
    )
    _experiment(workspace, channels, person)
    return Objective.objects.create(
        workspace=workspace,
        sentence=OBJECTIVE,
        indicator="quote",
        baseline=7,
        baseline_low=4,
        baseline_high=10,
        target=12,
        means="environ 3 heures par semaine",
        serves="Choisir nos chantiers plutôt que prendre ce qui vient",
        due_on=today + timedelta(weeks=5),
        created_at=workspace.now() - timedelta(weeks=2),
    )


def _quotes(workspace: Workspace, channels: Sequence[Channel], today: date) -> None:
    """Of some it is known where they came from, of others not: nobody asked."""
    asked = [*(one for one in channels if one.network in ASKED_ON), None]
    chance, came_from = random.Random(SEED), random.Random(CAME_FROM_SEED)  # noqa: S311 - an example that repeats
    monday = today - timedelta(days=today.weekday())
    weekly: Mapping[int, int] = {n: chance.choice((1, 1, 2, 2, 3)) for n in range(1, WEEKS_NOTED + 1)}
    BusinessResult.objects.bulk_create(
        BusinessResult(
            workspace=workspace,
            kind=BusinessResult.Kind.QUOTE,
            day=monday - timedelta(weeks=n),
            count=count,
            channel=came_from.choice(asked),
        )
        for n, count in weekly.items()
    )


def _experiment(workspace: Workspace, channels: Sequence[Channel], person: User) -> None:
    """Prepared and not begun: its price stands on its page."""
    telling = [one for one in channels if told_of_posts(one.network)]
    if telling:
        make_experiment(
            Experiment(
                workspace=workspace,
                channel=telling[0],
                factor=Experiment.Factor.FORMAT,
                arm_a="pictures",
                arm_b="picture",
            ),
            by=person,
        )
