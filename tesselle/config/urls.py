"""Root addresses."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("tesselle.workspaces.sign_in_urls")),
    path("", include("tesselle.academy.urls")),
    path("", include("tesselle.adapt.urls")),
    path("", include("tesselle.audience.urls")),
    path("", include("tesselle.channels.urls")),
    path("", include("tesselle.compose.urls")),
    path("", include("tesselle.engage.urls")),
    path("", include("tesselle.learn.urls")),
    path("", include("tesselle.library.urls")),
    path("", include("tesselle.links.urls")),
    path("", include("tesselle.measure.urls")),
    path("", include("tesselle.notify.urls")),
    path("", include("tesselle.plan.urls")),
    path("", include("tesselle.publish.urls")),
    path("", include("tesselle.report.urls")),
    path("", include("tesselle.review.urls")),
    path("", include("tesselle.sandbox.urls")),
    path("", include("tesselle.strategy.urls")),
    path("", include("tesselle.web.urls")),
    path("", include("tesselle.workspaces.urls")),
]
