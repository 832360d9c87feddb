from django.urls import path

from tesselle.report.views import by_link, members, parts, sharing, tables

app_name = "report"
urlpatterns = [
    path("figures/report", members.report, name="report"),
    path("figures/report.<str:ending>", members.file, name="file"),
    path("figures/report/figures.xlsx", tables.workbook, name="workbook"),
    path("figures/report/channels.csv", tables.channels, name="channels_csv"),
    path("figures/report/posts.csv", tables.posts, name="posts_csv"),
    path("figures/report/share", sharing.share, name="share"),
    path("figures/report/share/link", sharing.give, name="give"),
    path("figures/report/links/<int:link_id>/withdraw", sharing.withdraw, name="withdraw"),
    path("figures/report/parts/<str:part>", parts.edit, name="edit_part"),
    path("figures/report/parts/<str:part>/draft", parts.draft, name="back_to_draft"),
    path("figures/report/colour", sharing.colour, name="colour"),
    path("figures/report/mailings", sharing.add_mailing, name="add_mailing"),
    path("figures/report/mailings/<int:mailing_id>/stop", sharing.stop, name="stop_mailing"),
    path("report/<str:token>", by_link.show, name="by_link"),
    path("report/<str:token>/file.<str:ending>", by_link.file, name="file_by_link"),
]
