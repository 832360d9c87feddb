"""The extra choices of an update, an offer, an event."""

from tesselle.connectors.card import Choice, OptionField
from tesselle.domain.messages import N_
from tesselle.networks.google_business.limits import COUPON_UNITS, EVENT, GALLERY, OFFER, TERMS_UNITS

ACTION = "action"
START_DATE, START_TIME = "start_date", "start_time"
END_DATE, END_TIME = "end_date", "end_time"
COUPON, TERMS = "coupon", "terms"
SHOWS = "shows"

CALL, LEARN_MORE = "CALL", "LEARN_MORE"
ANYTHING, COVER = "ADDITIONAL", "COVER"
_DATED = (OFFER, EVENT)

OPTIONS = (
    OptionField(
        name=ACTION,
        label=N_("Button"),
        help=N_("It leads to the post’s link; “Call now” dials the profile’s number instead."),
        kind="choice",
        choices=(
            Choice("", N_("“Learn more” where there is a link")),
            Choice(LEARN_MORE, N_("Learn more")),
            Choice("BOOK", N_("Book")),
            Choice("ORDER", N_("Order online")),
            Choice("SHOP", N_("Buy")),
            Choice("SIGN_UP", N_("Sign up")),
            Choice(CALL, N_("Call now")),
        ),
        formats=("", EVENT),
    ),
    OptionField(name=START_DATE, label=N_("First day"), kind="date", required=True, formats=_DATED),
    OptionField(
        name=START_TIME,
        label=N_("It begins at"),
        help=N_("In the place’s own time."),
        kind="time",
        required=True,
        formats=_DATED,
    ),
    OptionField(name=END_DATE, label=N_("Last day"), kind="date", required=True, formats=_DATED),
    OptionField(
        name=END_TIME,
        label=N_("It ends at"),
        help=N_("In the place’s own time."),
        kind="time",
        required=True,
        formats=_DATED,
    ),
    OptionField(
        name=COUPON,
        label=N_("Code of the offer"),
        help=N_("What people show or type to get it."),
        maximum=COUPON_UNITS,
        formats=(OFFER,),
    ),
    OptionField(
        name=TERMS,
        label=N_("Terms of the offer"),
        kind="long_text",
        maximum=TERMS_UNITS,
        formats=(OFFER,),
    ),
    OptionField(
        name=SHOWS,
        label=N_("What it shows"),
        help=N_(
            "Google sorts the gallery by it. Some kinds are there only for some trades. There is one cover: a new one "
            "takes the place of the old, and Google may still show another picture first."
        ),
        kind="choice",
        choices=(
            Choice(ANYTHING, N_("Something else")),
            Choice("EXTERIOR", N_("The house from outside")),
            Choice("INTERIOR", N_("The rooms inside")),
            Choice("PRODUCT", N_("A product")),
            Choice("AT_WORK", N_("People at work")),
            Choice("TEAMS", N_("The team")),
            Choice("FOOD_AND_DRINK", N_("Food and drink")),
            Choice(COVER, N_("The profile’s cover")),
        ),
        default=ANYTHING,
        formats=(GALLERY,),
    ),
)
