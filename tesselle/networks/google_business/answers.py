"""What an answer means. Status words and reasons decide; what is not listed stays doubtful."""

from datetime import datetime

from tesselle.connectors.dialects.google.problem import Problem, problem_of
from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

GONE = "not_found"

SIGN_IN = N_("Google no longer accepts the sign-in. Connect the channel again.")
SCOPES = N_("The sign-in may not do this. Connect again and leave every right ticked on Google’s page.")
NOT_ADMITTED = N_(
    "Google has not admitted your project to its business APIs yet. Fill in its form “Application for Basic "
    "API Access”, and wait for the answer."
)
NOT_ENABLED = N_(
    "Your Google project does not allow this API. Enable Google’s business APIs in console.cloud.google.com."
)
NO_ROLE = N_(
    "This account may no longer speak for the place. Ask an owner of the profile to make you a manager, then "
    "connect again."
)
NO_POSTS = N_("Google lets nobody publish for this place through other applications (for some chains).")
BUSY = N_("Google asks for a pause.")
INVALID = N_("Google refuses a value of this post (“%(answer)s”).")
PICTURE = N_("Google cannot use the picture (“%(answer)s”). Use another one, or see that it can be fetched.")
NOT_THERE = N_("The post or review is no longer on Google.")

_PICTURE = frozenset({"PHOTO_FETCH_FAILED", "PHOTO_UPLOAD_FAILED"})
_SCOPES = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"})


def judge(response: Response, now: datetime) -> Verdict:
    problem = problem_of(response)
    if problem is None:
        return Doubtful(f"unlisted answer {response.status}")
    return _outside(problem) or _content(problem) or _unlisted(problem)


def _unlisted(problem: Problem) -> Verdict:
    return Doubtful(
        f"unlisted answer {problem.http} {problem.status} {problem.reason} {problem.words}".strip()
    )


def _outside(problem: Problem) -> Verdict | None:
    """What the post is not to blame for."""
    match problem.http, problem.status, problem.reason:
        case 401, "UNAUTHENTICATED", _:
            return Later(Message(SIGN_IN), renew_session=True)
        case 429, "RESOURCE_EXHAUSTED", _:
            if problem.facts.get("quota_limit_value") == "0":
                return Blocked(BlockReason.ADMISSION, Message(NOT_ADMITTED))
            return Later(Message(BUSY))
        case 403, "PERMISSION_DENIED", "SERVICE_DISABLED":
            return Blocked(BlockReason.ADMISSION, Message(NOT_ENABLED))
        case 403, "PERMISSION_DENIED", reason:
            return Blocked(BlockReason.ROLE, Message(SCOPES if reason in _SCOPES else NO_ROLE))
        case 400, _, "LOCATION_DISABLED_FOR_LOCAL_POST_API":
            return Blocked(BlockReason.ADMISSION, Message(NO_POSTS))
    return None


def _content(problem: Problem) -> Verdict | None:
    """The single values say more than the message, which is general."""
    said = "; ".join(f"{place}: {words}" if place else words for place, words in problem.fields)
    quoted = {"answer": (said or problem.words)[:200]}
    match problem.http, problem.status:
        case 404, "NOT_FOUND":
            return Refused(GONE, Message(NOT_THERE))
        case 400, "INVALID_ARGUMENT" if problem.reason in _PICTURE:
            return Refused("media_refused", Message(PICTURE, quoted))
        case 400, "INVALID_ARGUMENT":
            return Refused("invalid", Message(INVALID, quoted))
    return None
