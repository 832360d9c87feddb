from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from tesselle.web import views
from tesselle.web.pwa import views as pwa

app_name = "web"
urlpatterns = [
    path("language/", login_not_required(set_language), name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("service-worker.js", pwa.service_worker, name="service_worker"),
    path("offline", pwa.offline, name="offline"),
    path("styleguide", views.styleguide, name="styleguide"),
]
