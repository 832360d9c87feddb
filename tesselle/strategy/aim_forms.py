"""Which form an aim has."""

from typing import Any

from tesselle.strategy.forms import AimForm, CampaignForm, PillarForm
from tesselle.strategy.models import Aimed
from tesselle.strategy.objective_form import ObjectiveForm

FORMS: dict[str, type[AimForm]] = {"pillar": PillarForm, "campaign": CampaignForm, "objective": ObjectiveForm}


def form_for(kind: str, aimed: Aimed, data: Any = None) -> AimForm:
    return FORMS[kind](data, instance=aimed, auto_id=f"{kind}_{aimed.pk or 'new'}_%s")
