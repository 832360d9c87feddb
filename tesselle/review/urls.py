from django.urls import path

from tesselle.review.views import by_link, members, rules

app_name = "review"
urlpatterns = [
    path("approvals", members.approvals, name="approvals"),
    path("approvals/ask", members.ask_for_week, name="ask_for_week"),
    path("approvals/links/<int:link_id>/withdraw", members.withdraw, name="withdraw"),
    path("posts/<int:post_id>/approval", members.post, name="post"),
    path("posts/<int:post_id>/approval/ask", members.ask, name="ask"),
    path("posts/<int:post_id>/approval/answer", members.answer_here, name="answer"),
    path("posts/<int:post_id>/approval/ask-members", members.ask_here, name="ask_members"),
    path("channels/<int:channel_id>/approval", rules.rule, name="rule"),
    path("approve/<str:token>", by_link.show, name="by_link"),
    path("approve/<str:token>/answer", by_link.give_answer, name="answer_by_link"),
]
