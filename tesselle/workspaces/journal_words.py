"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs
from tesselle.workspaces.models import User, Workspace

VERBS = {
    "workspace.begun": N_("Began the installation with the workspace %(name)s"),
    "workspace.created": N_("Created the workspace %(name)s"),
    "workspace.changed": N_("Changed the workspace’s settings"),
    "workspace.deleted": N_("Deleted the workspace %(name)s"),
    "workspace.restored": N_("Brought the workspace %(name)s back"),
    "workspace.purged": N_("The workspace %(name)s, deleted two weeks ago, is gone for good"),
    "member.role_changed": N_("Changed the role of %(person)s from %(before)s to %(role)s"),
    "member.removed": N_("Removed %(person)s (%(role)s)"),
    "member.left": N_("%(person)s left (%(role)s)"),
    "invitation.made": N_("Invited %(email)s as %(role)s"),
    "invitation.revoked": N_("Took the invitation of %(email)s back"),
    "invitation.accepted": N_("Accepted the invitation of %(email)s, as %(role)s"),
    "mail.changed": N_("Set up outgoing mail by %(host)s"),
    "mail.forgotten": N_("Took the mail server away"),
    "mail.tested": N_("Sent a test mail by %(host)s"),
    "sign_in.changed": N_("Set up signing in with %(name)s"),
    "sign_in.forgotten": N_("Took signing in with %(name)s away"),
    "account.signed_in": N_("%(email)s signed in"),
    "account.password_changed": N_("%(email)s changed the password"),
    "account.password_reset": N_("%(email)s chose a new password by a link"),
    "account.email_changed": N_("The address %(before)s became %(email)s"),
    "account.factor_added": N_("%(email)s set up: %(factor)s"),
    "account.factor_removed": N_("%(email)s removed: %(factor)s"),
    "account.codes_renewed": N_("%(email)s made new recovery codes"),
    "account.provider_added": N_("%(email)s connected the company account"),
    "account.provider_removed": N_("%(email)s disconnected the company account"),
    "account.session_ended": N_("%(email)s ended a session"),
    "account.reset_link_made": N_("A link for a new password of %(email)s was made on the server"),
    "account.factors_dropped": N_(
        "The second factors and sessions of %(email)s were taken away on the server"
    ),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("workspace", N_("Workspace"), names=_workspaces))
    tell_subject(Subject("account", N_("Account"), names=_people))
    tell_subject(Subject("installation", N_("Installation")))


def _workspaces(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Workspace.objects.filter(pk__in=ids).values_list("pk", "name"))


def _people(ids: Collection[int]) -> Mapping[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
