from django.urls import path

from tesselle.review.views import by_link, comments, members, rules

app_name = "review"
urlpatterns = [
    path("approvals", members.approvals, name="approvals"),
    path("approvals/ask", members.ask_for_week, name="ask_for_week"),
    path("approvals/links/<int:link_id>/withdraw", members.withdraw, name="withdraw"),
    path("posts/<int:post_id>/approval", members.post, name="post"),
    path("posts/<int:post_id>/approval/ask", members.ask, name="ask"),
    path("posts/<int:post_id>/approval/answer", members.answer_here, name="answer"),
    path("posts/<int:post_id>/approval/ask-members", members.ask_here, name="ask_members"),
    path("posts/<int:post_id>/comments", comments.comment, name="comment"),
    path("comments/<int:comment_id>/resolve", comments.resolve, name="resolve"),
    path("channels/<int:channel_id>/approval", rules.rule, name="rule"),
    path("approve/<str:token>", by_link.show, name="by_link"),
    path("approve/<str:token>/answer", by_link.give_answer, name="answer_by_link"),
    path("approve/<str:token>/comment", by_link.give_comment, name="comment_by_link"),
]
