"""The whole path of a learner who was told nothing but the pages: start, choice, learning, test, time, report."""

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenVisit, sign_in
from tests.browser.demo import Demo
from tests.browser.journey import fill
from tests.browser.visit import Visit

OBJECTIVE = "Six demandes de devis d’ici à la fin de la quinzaine"
WORDS = {
    "aim": "Les demandes de devis : elles nourrissent l’entreprise, les mentions « j’aime » non.",
    "read": "L’image a été plus vue que le conseil, peut-être parce qu’elle montre un chantier fini.",
    "adapt": "L’heure : dix-huit heures au lieu de neuf, parce que la portée était faible le matin.",
    "debrief": "Je garderais le rythme et j’essaierais plus tôt une autre forme.",
}


def test_somebody_without_a_path_comes_to_a_report(visit: OpenVisit, demo: Demo, tmp_path: Path) -> None:
    student = visit(demo.address, "fr")
    sign_in(student, *demo.student)
    begin(student)
    choose(student)
    learn(student)
    put_to_the_test(student)
    account_for_the_time(student)
    report = read_report(student, tmp_path)

    assert all(words in report for words in WORDS.values())
    assert OBJECTIVE in report
    assert "Tesselle dit ce qui échoue." in report


def begin(student: Visit) -> None:
    """What was written is frozen as it stands, without being saved first."""
    student.open("/path/")
    student.send()
    fill(student, subject="Un outil pour un carreleur", expectations="Savoir planifier un mois.")
    fill(student, **{"objectives-0-text": "Quatre publications par semaine"})
    student.step("départ")
    student.send("button[formaction$=freeze\\/]")
    expect(student.page.locator("main .note--good")).to_be_visible()


def choose(student: Visit) -> None:
    page = student.page
    part(student, "Choix")
    page.get_by_label("Il doit être en français").check()
    student.send()
    for tool, score in (("Tesselle", "3"), ("Buffer", "2")):
        student.open("/path/choosing/tools/")
        page.locator("main table").first.get_by_role("link", name=tool, exact=True).click()
        page.get_by_label("Il participe au classement").check()
        for one in page.locator("select[name$=score]").all():
            one.select_option(score)
        student.send()
    part(student, "Classement")
    expect(page.locator("main .bar").first).to_contain_text("Tesselle")
    part(student, "Décision")
    page.get_by_label("Cet outil").check()
    page.locator("[name=tool_name]").select_option("Tesselle")
    fill(student, reasons="Tesselle dit ce qui échoue.")
    student.send()
    expect(page.locator("main .tag--good")).to_be_visible()


def learn(student: Visit) -> None:
    """One chapter: its task is done elsewhere, and its questions are answered."""
    page = student.page
    part(student, "Apprentissage")
    page.locator("main").get_by_role("link", name="Lire des chiffres").click()
    student.send()
    student.open("/figures/results")
    page.get_by_label("Demande de devis").check()
    student.send("form[action='/figures/results'] button.button--main")
    with page.expect_navigation():
        page.get_by_role("link", name="Retour au chapitre").click()
    student.send()
    expect(page.locator("main .tag--good")).to_be_visible()
    for number, right in enumerate(("1", "2")):
        asked = page.locator(f"#question-{number}")
        asked.locator(f"input[value='{right}']").check()
        with page.expect_navigation():
            asked.locator("button").click()
    expect(page.locator("main .note--good")).to_have_count(2)


def put_to_the_test(student: Visit) -> None:
    page = student.page
    part(student, "Test")
    page.get_by_label("Un début tranquille · 2 semaines").check()
    student.send()

    on(student)
    fill(student, sentence=OBJECTIVE)
    student.send("form:has([name=sentence]) button.button--main")
    is_done(student, words=WORDS["aim"])

    on(student)
    plan_the_drafts(student)
    is_done(student)

    on(student)
    press_clock(student, "Une semaine")
    is_done(student)

    on(student, and_go=False)
    read_the_figures(student)

    on(student)
    page.locator("[name=at]").fill("18:00")
    page.get_by_label("samedi").check()
    plan_the_drafts(student)
    is_done(student, words=WORDS["adapt"])

    on(student)
    with page.expect_navigation():
        page.get_by_role("button", name="Aller à la fin, jusqu’au bilan").click()
    expect(page.locator("[data-debrief]")).to_be_visible()
    student.step("bilan")
    reached = page.locator(".stat-value").first.inner_text()
    is_done(student, words=WORDS["debrief"])
    expect(page.locator("main .note--good")).to_be_visible()
    expect(page.locator("main .cards .card").last).to_contain_text(f"{reached} interactions")
    student.step("six étapes")


def on(student: Visit, *, and_go: bool = True) -> None:
    """The next step: what it is about, that it begins, and where it is done."""
    page = student.page
    with page.expect_navigation():
        page.get_by_role("link", name="Continuer").click()
    student.send()
    student.step("étape")
    if and_go:
        student.send("button.button--main")


def is_done(student: Visit, words: str = "") -> None:
    page = student.page
    with page.expect_navigation():
        page.get_by_role("link", name="Votre projet, étape").click()
    if words:
        page.locator("textarea[name=words]").fill(words)
    with page.expect_navigation():
        page.get_by_role("button", name="Vérifier si c’est fait").click()
    student.is_at("/path/testing/$")


def plan_the_drafts(student: Visit) -> None:
    """They are there, all are ticked, and the weeks are those of the step."""
    page = student.page
    expect(page.locator("[name=weeks]")).to_have_value("1")
    student.send()
    student.send("form[action$=plan] button.button--main")
    student.is_at("/calendar")


def press_clock(student: Visit, button: str) -> None:
    student.page.get_by_role("button", name=button, exact=True).click()
    expect(student.page.locator("#clock-bar")).to_contain_text("En route")
    expect(student.page.get_by_role("button", name=button, exact=True)).to_be_visible()


def read_the_figures(student: Visit) -> None:
    """Each post in a tab of its own, one after the other; then the question is answered."""
    page = student.page
    asked = page.locator("main legend").first.inner_text()
    figure = re.search(r"«\s*(.+?)\s*»", asked)
    assert figure is not None
    told = {}
    for door in page.locator("main button[name=delivery]").all():
        with page.context.expect_page() as opened:
            door.click()
        told[door.get_attribute("value") or ""] = figure_of(opened.value, figure[1])
        opened.value.close()
    best = max(told, key=lambda one: told[one])
    page.locator(f"input[name=delivery][value='{best}']").check()
    page.locator("[name=number]").fill(str(told[best]))
    page.locator("textarea[name=words]").fill(WORDS["read"])
    with page.expect_navigation():
        page.get_by_role("button", name="Vérifier si c’est fait").click()
    student.is_at("/path/testing/$")


def figure_of(post: Page, name: str) -> int:
    stat = post.locator(".stat").filter(has=post.locator("dt", has_text=re.compile(rf"^\s*{name}")))
    return int(re.sub(r"\D", "", stat.locator(".stat-value").first.inner_text()))


def account_for_the_time(student: Visit) -> None:
    """The stopwatch has noted each step of the test by itself."""
    part(student, "Temps")
    expect(student.page.locator("main .way")).to_have_count(6)


def read_report(student: Visit, folder: Path) -> str:
    """As a document of words, as another program finds it; the other two are made as well."""
    page = student.page
    part(student, "Rapport")
    for ending in ("PDF", "DOCX"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=ending).click()
        taken.value.save_as(folder / f"rapport.{ending.lower()}")
    assert (folder / "rapport.pdf").read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(folder / "rapport.docx") as document:
        return re.sub(r"<[^>]+>", "", document.read("word/document.xml").decode())


def part(student: Visit, name: str) -> None:
    with student.page.expect_navigation():
        student.page.locator(".path-parts").get_by_role("link", name=name, exact=True).click()
