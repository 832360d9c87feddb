from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tesselle.web"
    label = "web"
