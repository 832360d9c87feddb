"""Google Business Profile: what a company shows on Google Search and Maps, and what is said of it there."""

from tesselle.connectors.card import (
    Ability,
    AccountKind,
    Budget,
    Discussed,
    Format,
    Network,
    TestedAgainst,
)
from tesselle.connectors.dialects.google.sign_in import google_sign_in
from tesselle.domain.messages import N_
from tesselle.networks.google_business.limits import EVENT, GALLERY, OFFER
from tesselle.networks.google_business.options import OPTIONS

SCOPE = "https://www.googleapis.com/auth/business.manage"

NETWORK = Network(
    slug="google_business",
    name="Google Business Profile",
    home="https://business.google.com",
    account_kinds=(
        AccountKind(
            "location",
            N_("Google business location"),
            formats=(
                Format("update", N_("Update"), N_("News, with a button if you like.")),
                Format(OFFER, N_("Offer"), N_("With its days, a code and its terms.")),
                Format(EVENT, N_("Event"), N_("With its days and hours.")),
                Format(
                    GALLERY,
                    N_("Photo or film for the gallery"),
                    N_("One picture or film of the profile, or its cover, without words."),
                ),
            ),
        ),
    ),
    abilities=frozenset(
        {
            Ability.PUBLISH,
            Ability.VERIFY,
            Ability.MEASURE,
            Ability.DISCUSS,
            Ability.CONNECT,
            Ability.HISTORY,
            Ability.EDIT,
            Ability.DELETE,
            Ability.IMAGE,
            Ability.VIDEO,
            Ability.SIGN_IN,
            Ability.SELF_TEST,
        }
    ),
    tested_against=(
        TestedAgainst(
            "sdk",
            "google-api-python-client 2.202.0, for accounts, locations and figures",
            "tesselle/networks/google_business/tests/test_sdk.py",
        ),
        TestedAgainst(
            "schema",
            "Google's discovery documents of account management, business information and performance "
            "(26 October 2026)",
            "tesselle/networks/google_business/tests/test_discovery.py",
        ),
        TestedAgainst(
            "fixtures",
            "a request table for posts, gallery and reviews (v4), which no package describes, 26 November 2026",
            "tesselle/networks/google_business/tests/test_request_table.py",
        ),
    ),
    sign_ins=(
        google_sign_in(
            N_("Sign in with Google"),
            (SCOPE,),
            (
                N_("Open console.cloud.google.com and create a project, or choose one."),
                N_(
                    "Fill in Google’s form “Application for Basic API Access” for this project, as a company "
                    "with a verified profile. The answer takes days to weeks; until then every call is refused."
                ),
                N_(
                    "Under APIs and services, enable My Business Account Management, My Business Business "
                    "Information, Business Profile Performance and Google My Business."
                ),
                N_(
                    "Fill in the consent screen and set its publishing status to “In production”: while it is "
                    "“Testing”, every sign-in ends after 7 days."
                ),
                N_(
                    "Under Credentials, create an OAuth client of type “Web application”, add the address shown "
                    "here to its authorised redirect URIs, and copy the client ID and the client secret."
                ),
            ),
            chooses=True,
        ),
    ),
    options=OPTIONS,
    # Google lets ten edits a minute be made to a profile; whether posts count among them is not said.
    budgets=(Budget(calls=8, seconds=60),),
    verify_after_s=10.0,
    verify_within_s=86_400.0,
    before_connecting=(
        N_(
            "Google Business Profile is free, but Google has to admit your project before anything works. Ask "
            "with its form; the answer takes days to weeks."
        ),
        N_("You have to be an owner or manager of the profile, and Google must have verified the place."),
        N_("Google looks at each post before it shows it, and gives no reason when it refuses one."),
        N_(
            "Google fetches pictures and films from this installation, so it has to be reached from the internet."
        ),
        N_("Google tells no figures of single posts, only of the whole place. Reviews stand for comments."),
    ),
    fetches_media=frozenset({"image", "video"}),
    discussed=(Discussed.REVIEWS,),
)
