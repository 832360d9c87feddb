"""What is kept of a person's way, by subject."""

from tesselle.academy.models.choosing import (
    Cell,
    Criterion,
    Decision,
    Gate,
    Questionnaire,
    Tool,
    Verdict,
)
from tesselle.academy.models.feedback import Feedback, FeedbackLink
from tesselle.academy.models.learning import ChapterProgress, ProgressLink, QuizAnswer
from tesselle.academy.models.own import OwnLesson, OwnResult, PriceCase, TrialRun
from tesselle.academy.models.path import FrozenStart, Objective, Path, Phase, Question, Skill
from tesselle.academy.models.presence import SiteCheck
from tesselle.academy.models.report import ReportSection
from tesselle.academy.models.testing import GuidedProject, ProjectStep, StepKey
from tesselle.academy.models.time import Difficulty, TimeEntry

__all__ = [
    "Cell",
    "ChapterProgress",
    "Criterion",
    "Decision",
    "Difficulty",
    "Feedback",
    "FeedbackLink",
    "FrozenStart",
    "Gate",
    "GuidedProject",
    "Objective",
    "OwnLesson",
    "OwnResult",
    "Path",
    "Phase",
    "PriceCase",
    "ProgressLink",
    "ProjectStep",
    "Question",
    "Questionnaire",
    "QuizAnswer",
    "ReportSection",
    "SiteCheck",
    "Skill",
    "StepKey",
    "TimeEntry",
    "Tool",
    "TrialRun",
    "Verdict",
]
