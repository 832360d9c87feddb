"""What an answer means. The reason decides, not the status; what is not listed stays doubtful.

Reasons as on developers.google.com/youtube/v3/docs/errors, read 2026-11-23. A thing that is gone is
told in two ways: 404 with a reason, or an empty list.
"""

from datetime import datetime, timedelta

from tesselle.connectors.dialects.google.days import next_day
from tesselle.connectors.dialects.google.problem import Problem, problem_of
from tesselle.connectors.http.exchange import Response
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Blocked, BlockReason, Doubtful, Later, Refused, Verdict

GONE = "not_found"

SIGN_IN = N_("Google no longer accepts the sign-in. Connect the channel again.")
SCOPES = N_("The sign-in may not do this. Connect again and leave every right ticked on Google’s page.")
NO_CHANNEL = N_("This Google account has no YouTube channel. Create one on YouTube, then connect again.")
NOT_ENABLED = N_(
    "Your Google project does not allow this API. Enable YouTube Data API v3 in console.cloud.google.com."
)
DENIED = N_("YouTube does not let this channel do that (“%(answer)s”).")
SPENT = N_("Your Google project has spent its units for today. They begin anew at midnight in California.")
UPLOADS = N_("YouTube takes no more films of this channel for today.")
BUSY = N_("YouTube asks for a pause.")
INVALID = N_("YouTube refuses a value of this film (“%(answer)s”).")
THUMBNAIL = N_("YouTube cannot use the picture as a thumbnail (“%(answer)s”). Use another one.")
NO_COMMENTS = N_("Comments are switched off for this film.")
NOT_THERE = N_("The film or comment is no longer on YouTube.")
NO_PLAYLIST = N_("The playlist is no longer there. Choose another one, or none.")

UPLOADS_PAUSE = timedelta(hours=24)

_INVALID = frozenset(
    {
        *("invalidTitle", "invalidDescription", "invalidTags", "invalidCategoryId", "invalidPublishAt"),
        *("invalidVideoMetadata", "invalidFilename", "invalidRecordingDetails", "defaultLanguageNotSet"),
        *("forbiddenPrivacySetting", "forbiddenLicenseSetting", "commentTextTooLong", "mediaBodyRequired"),
    }
)
_THUMBNAIL = frozenset({"imageFormatUnsupported", "imageTooTall", "imageTooWide"})
_GONE = frozenset({"videoNotFound", "commentNotFound", "commentThreadNotFound"})


def judge(response: Response, now: datetime) -> Verdict:
    problem = problem_of(response)
    if problem is None:
        return Doubtful(f"unlisted answer {response.status}")
    return _outside(problem, now) or _content(problem) or _unlisted(problem)


def _unlisted(problem: Problem) -> Verdict:
    return Doubtful(f"unlisted answer {problem.http} {problem.reason} {problem.words}".strip())


def _outside(problem: Problem, now: datetime) -> Verdict | None:
    """What the film is not to blame for."""
    match problem.http, problem.reason:
        case 401, "youtubeSignupRequired":
            return Blocked(BlockReason.ROLE, Message(NO_CHANNEL))
        case 401, _:
            return Later(Message(SIGN_IN), renew_session=True)
        case 403, "insufficientPermissions":
            return Blocked(BlockReason.ROLE, Message(SCOPES))
        case 403, "accessNotConfigured":
            return Blocked(BlockReason.ADMISSION, Message(NOT_ENABLED))
        case 403, "forbidden":
            return Blocked(BlockReason.ROLE, Message(DENIED, {"answer": problem.words[:200]}))
        case 403, "quotaExceeded":
            return Later(Message(SPENT), until=next_day(now))
        case 400, "uploadLimitExceeded":
            return Later(Message(UPLOADS), until=now + UPLOADS_PAUSE)
        case ((403 | 429), "rateLimitExceeded"):
            return Later(Message(BUSY))
    return None


def _content(problem: Problem) -> Verdict | None:
    if problem.http >= 500:
        return None
    quoted = {"answer": problem.words[:200]}
    if problem.reason in _INVALID:
        return Refused("invalid", Message(INVALID, quoted))
    if problem.reason in _THUMBNAIL:
        return Refused("media_refused", Message(THUMBNAIL, quoted))
    if problem.reason == "commentsDisabled":
        return Refused("comments_off", Message(NO_COMMENTS))
    if problem.http == 404 and problem.reason in _GONE:
        return Refused(GONE, Message(NOT_THERE))
    if problem.http == 404 and problem.reason == "playlistNotFound":
        return Refused("playlist_gone", Message(NO_PLAYLIST))
    return None
