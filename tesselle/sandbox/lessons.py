"""What each world is called, and what there is to discover in it."""

from dataclasses import dataclass

from tesselle.domain.messages import N_

SURPRISE = "surprise"
"""One of them, and nobody is told which."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """`discover`: told once a conclusion stands. `habit`: what one is told from the beginning."""

    world: str
    title: str
    discover: str
    habit: str = ""


LESSONS = {
    one.world: one
    for one in (
        Lesson(
            "ordinary",
            N_("An ordinary public"),
            N_(
                "The form and the subject of a post count for most, its hour for little, its weekday for "
                "almost nothing; luck is larger than all of them. It takes about a hundred posts to know."
            ),
        ),
        Lesson(
            "nothing_matters",
            N_("Nothing matters"),
            N_(
                "No hour, no form and no subject makes any difference here: all you saw was luck. Averages by "
                "hour show a best hour all the same. The right conclusion is that nothing can be told."
            ),
        ),
        Lesson(
            "night_owls",
            N_("Night owls"),
            N_(
                "This public is there seven hours later than usual. General knowledge about good hours is "
                "wrong here; only your own figures could tell, and only where posts age fast."
            ),
        ),
        Lesson(
            "confounded",
            N_("Two habits in one"),
            N_(
                "What always goes together cannot be told apart, however many posts there are. Only an "
                "experiment can: the same form by day and in the evening, in turn."
            ),
            habit=N_(
                "The company has a habit: several pictures or a film only ever in the evening, everything "
                "else by day. Keep to it for the first weeks, and see what can be said."
            ),
        ),
        Lesson(
            "tiny",
            N_("A tiny company"),
            N_(
                "Sixty followers and a few reactions for each post: too few to compare anything. What helps is "
                "regular posting, answering, and people who come to know the company; no statistics."
            ),
        ),
        Lesson(
            "algorithm_change",
            N_("The network changes its rules"),
            N_(
                "From the seventh week on, every post reached two fifths fewer people, whatever you did. Who "
                "changed something that week easily blames it. Compare with posts of the same weeks only."
            ),
        ),
        Lesson(
            "season",
            N_("A year with its season"),
            N_(
                "The public comes and goes with the year: between its best and its worst weeks lies a factor "
                "of two. A month is compared with the same month a year before, not with the best one."
            ),
        ),
        Lesson(
            "viral",
            N_("Posts that run away"),
            N_(
                "Every sixteenth post runs away, for no reason of yours. It pulls every average up, and its "
                "hour and its form look best. Look at the median, and do not chase it."
            ),
        ),
        Lesson(
            "demanding",
            N_("A demanding public"),
            N_(
                "This public tires fast: a second post within a day brings a quarter less than it would alone, "
                "a third one almost half less. Fewer and better brings more."
            ),
        ),
        Lesson(
            "two_audiences",
            N_("Two publics"),
            N_(
                "Half of this public lives six hours away: there are two good times of the day, far apart. "
                "An average hour between them meets nobody."
            ),
        ),
        Lesson(
            "complaints",
            N_("A complaint goes round"),
            N_(
                "In the second week many complained of one product, below whatever was posted. Answers "
                "within a day counted for more than the next fine picture."
            ),
        ),
    )
}
