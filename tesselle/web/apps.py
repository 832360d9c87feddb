from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tesselle.web"
    label = "web"

    def ready(self) -> None:
        from django.forms import ModelChoiceField

        from tesselle.web.selects import RowChoices

        ModelChoiceField.iterator = RowChoices  # type: ignore[misc]  # for every one of them
