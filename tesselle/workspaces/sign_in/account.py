"""How accounts come to be: not by themselves. And mail: only where a server is set up."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tesselle.mail.sending import FAILURES
from tesselle.mail.services import is_set_up, route
from tesselle.mail.verdicts import explain

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password is not right."),
        "incorrect_password": _("This is not the password."),
        "too_many_login_attempts": _("Too many tries with this address. Wait five minutes, then try again."),
        "email_taken": _("Another account uses this address already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_from_email(self) -> str:
        way = route()
        return way.from_address if way else str(super().get_from_email())

    def format_email_subject(self, subject: str) -> str:
        return f"Tesselle: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing without a server. A server that fails must not undo what was done: the log tells."""
        if not is_set_up():
            return
        context.setdefault("signup_url", "")
        message: EmailMessage = self.render_mail(template_prefix, email, context)
        try:
            message.send()
        except FAILURES as error:
            way = route()
            said = str(explain(error, way)) if way else str(error)
            logger.error("mail_failed", extra={"mail": template_prefix, "said": said})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("workspaces:settings")
