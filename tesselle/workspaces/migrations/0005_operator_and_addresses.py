"""For installations that began earlier: the first person becomes the operator, everybody's address is known
to the account library. The operator's counts as verified: they made it at the server's terminal."""

from typing import Any

from django.db import migrations


def forward(apps: Any, _: Any) -> None:
    user_model = apps.get_model("workspaces", "User")
    address_model = apps.get_model("account", "EmailAddress")
    first = user_model.objects.order_by("pk").first()
    if first is None:
        return
    if not user_model.objects.filter(is_staff=True).exists():
        user_model.objects.filter(pk=first.pk).update(is_staff=True)
    for person in user_model.objects.order_by("pk").iterator(chunk_size=500):
        if not address_model.objects.filter(user_id=person.pk).exists():
            address_model.objects.create(
                user_id=person.pk, email=person.email.lower(), primary=True, verified=person.pk == first.pk
            )


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0004_cache_table"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop, elidable=True)]
