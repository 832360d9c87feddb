"""The demo company's pictures in order: an album for each job site, and who agreed to have theirs shown."""

from datetime import timedelta

from tesselle.library.models import Asset, Consent, Licence
from tesselle.library.services.albums import add_tags, open_album, put_into
from tesselle.library.services.consenting import Agreed, add_to, note_consent
from tesselle.workspaces.models import User, Workspace

ALBUMS = (
    ("Villa à Morges, salle de bains (exemple)", "basin", ["salle de bains", "zellige"]),
    ("Appartement à Vevey, cuisine (exemple)", "counter", ["cuisine", "crédence"]),
    ("Terrasse à Lutry (exemple)", "terrace", ["terrasse", "extérieur"]),
)
AT_HOME = "basin"


def put_in_order(workspace: Workspace, person: User) -> None:
    Asset.objects.filter(workspace=workspace).update(licence=Licence.OWN, credit=str(person))
    for name, scene, tags in ALBUMS:
        pictures = list(Asset.objects.filter(workspace=workspace, original_name__endswith=f"-{scene}.jpg"))
        if not pictures:
            continue
        put_into(open_album(workspace, name, by=person), pictures, by=person)
        add_tags(tags, pictures, by=person)
        if scene == AT_HOME:
            add_to(note_consent(workspace, _agreed(workspace), by=person), pictures, by=person)


def _agreed(workspace: Workspace) -> Agreed:
    return Agreed(
        who="Famille Exemple",
        concerns=Consent.Concerns.HOME,
        agreed="La salle de bains avant et après, sur nos réseaux sociaux, sans nom ni adresse.",
        given_on=workspace.today() - timedelta(days=60),
        proof="Signé avec la commande (exemple)",
    )
