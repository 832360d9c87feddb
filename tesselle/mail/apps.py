from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "tesselle.mail"
    label = "mail"
