"""What came of the other way, as the manager sees it and takes it home (R4, R14)."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from counter import clock
from counter.actions.call import begin, call_next, finish
from counter.actions.change import Change
from counter.actions.perform import about
from counter.database import db
from counter.models import guidance
from counter.models.guidance import Guidance
from counter.models.procedure import Procedure
from counter.models.ticket import Ticket
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form
from tests.conftest import POSTGRES, SQLITE
from tests.pages import Page, PageClient

ONLINE = "/offices/demo/reports/online"
TODAY = MORNING.date()


@pytest.fixture(params=[SQLITE, POSTGRES])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Figures must be the same on both databases."""
    return str(request.param)


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


def write(cast: Cast, step: str, ticket: int | None = None, **more: object) -> None:
    row = {"office_id": cast.office, "day": TODAY, "at": clock.now(), "ticket_id": ticket, "way": "online"}
    db.session.add(Guidance(**{**row, "step": step, "place": "phone", "service_id": cast.services["A"], **more}))
    db.session.commit()


def done(cast: Cast, ticket: int, **more: object) -> None:
    """Done online: the place is given up."""

    def work(change: Change, own: Ticket) -> None:
        change.move(own, "divert")

    about(ticket, form(), "divert", work)
    write(cast, guidance.DONE, ticket, **more)


def served(cast: Cast, minutes: int) -> int:
    """Somebody is served for so long."""
    ticket = take(cast)
    call_next(cast.counters[1], form())
    begin(ticket, form())
    with clock.at(MORNING + timedelta(minutes=minutes)):
        finish(ticket, form())
    return ticket


def figures(page: Page) -> list[int]:
    """Turns avoided, visits to collect avoided, minutes saved."""
    return [int(node.text) for node in page.all('//*[@class="saved-figure"]')]


def row(page: Page, head: str) -> list[str]:
    """The figures of a table's row: offered, chosen, tried, done, not done, back."""
    path = f'//table[@class="came"]//tr[th[normalize-space()="{head}"]]/td'
    return ["".join(node.itertext()).replace("–", "0") for node in page.all(path)]


def test_an_office_where_nothing_was_offered_gets_a_sentence(manager: PageClient, cast: Cast) -> None:
    assert figures(manager.get(f"{ONLINE}?lang=en")) == []
    assert manager.get(f"{ONLINE}?lang=en").all('//*[@class="empty-word"]')


def test_steps_are_counted_by_errand_service_and_day(manager: PageClient, cast: Cast) -> None:
    birth = Procedure(office_id=cast.office, code="1", name_vi="Khai sinh", name_en="Birth")
    db.session.add(birth)
    db.session.commit()
    ticket = take(cast)
    for step in (guidance.OFFERED, guidance.OFFERED, guidance.TRIED):
        write(cast, step, ticket, procedure_id=birth.id)
    done(cast, ticket, procedure_id=birth.id, behind=0)
    write(cast, guidance.TRIED, take(cast), day=TODAY - timedelta(days=2), service_id=cast.services["B"])
    page = manager.get(f"{ONLINE}?lang=en")
    assert row(page, "Birth") == ["1", "0", "1", "1", "0", "0"]
    assert row(page, "Civil status") == ["1", "0", "1", "1", "0", "0"]
    assert row(page, "Land") == row(page, "21/11/2026") == ["0", "0", "1", "0", "0", "0"]
    assert page.all('//*[contains(@class, "columns")]//*[@class="bar-done"]'), "a picture of it"


def test_minutes_saved_are_those_behind_times_the_service_shared_by_the_counters(
    manager: PageClient, cast: Cast
) -> None:
    for minutes in (4, 6, 200):
        served(cast, minutes)
    done(cast, take(cast), behind=3)
    assert figures(manager.get(ONLINE)) == [1, 0, 9], "three behind, six minutes in the middle, two counters take A"


def test_who_was_served_in_the_end_avoided_nothing(manager: PageClient, cast: Cast) -> None:
    write(cast, guidance.DONE, served(cast, 5), behind=0)
    write(cast, guidance.OPENED, None)
    assert figures(manager.get(ONLINE)) == [0, 0, 0]


def test_a_result_that_goes_back_by_post_spares_a_visit(manager: PageClient, cast: Cast) -> None:
    db.session.get_one(Ticket, served(cast, 5)).result_by = "post"
    db.session.commit()
    assert figures(manager.get(ONLINE)) == [0, 1, 0]


def test_only_the_days_that_are_asked_for_and_only_this_office(manager: PageClient, cast: Cast) -> None:
    other = an_office("other")
    write(other, guidance.TRIED, None)
    write(cast, guidance.TRIED, None, day=TODAY - timedelta(days=29))
    write(cast, guidance.TRIED, None, day=TODAY - timedelta(days=30))
    assert "25/10/2026 – 23/11/2026" in manager.get(ONLINE).text
    assert [row(manager.get(ONLINE), day)[2:3] for day in ("25/10/2026", "24/10/2026", "23/11/2026")] == [["1"], [], []]
    asked = manager.get(f"{ONLINE}?first=24/10/2026&last=2026-10-24")
    assert row(asked, "24/10/2026")[2] == "1" and not row(asked, "25/10/2026")


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ("first=31/02/2026", "first"),
        ("first=2026-11-02&last=2026-11-01", "last"),
        ("first=2020-01-01&last=2026-11-01", "first"),
        ("first=0001-01-01&last=9999-12-31", "first"),
        ("last=x%00%27", "last"),
    ],
)
def test_days_that_make_no_sense_are_told_at_their_field(
    manager: PageClient, cast: Cast, days: str, field: str
) -> None:
    page = manager.get(f"{ONLINE}?{days}", status=422)
    assert page.all(f'//*[@id="{field}-wrong"]')
    assert manager.open(f"{ONLINE}.csv?{days}").status_code == 200


def test_the_first_and_the_last_day_there_are(manager: PageClient, cast: Cast) -> None:
    manager.get(f"{ONLINE}?first=0001-01-01&last=0001-01-02")
    manager.get(f"{ONLINE}?first=9999-12-30&last=9999-12-31")
    manager.get(f"{ONLINE}?last=0001-01-02")


def test_the_files_say_the_same_and_no_cell_is_a_formula(manager: PageClient, cast: Cast) -> None:
    evil = Procedure(office_id=cast.office, code="1", name_vi="=1+1", name_en="=1+1")
    db.session.add(evil)
    db.session.commit()
    write(cast, guidance.FAILED, take(cast), procedure_id=evil.id, why="page")
    text = manager.open(f"{ONLINE}.csv?lang=en").data.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert ["Errand", "'=1+1", "0", "0", "0", "0", "1", "0"] in rows
    assert ["Day", f"{date(2026, 11, 23):%d/%m/%Y}", "0", "0", "0", "0", "1", "0"] in rows
    sheet = load_workbook(BytesIO(manager.open(f"{ONLINE}.xlsx?lang=en").data)).active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert "=1+1" in [cell.value for cell in cells] and "f" not in {cell.data_type for cell in cells}
    assert len(rows) == sheet.max_row


def test_the_figures_are_the_managers_alone(app: Flask, client: PageClient, cast: Cast) -> None:
    guide = PageClient(app)
    guide.sign_in("huongdan")
    for address in (ONLINE, f"{ONLINE}.csv", f"{ONLINE}.xlsx"):
        assert guide.open(address).status_code == 403
        assert "/session" in client.open(address).headers["Location"]


def test_the_manager_finds_the_way_from_home_and_from_the_settings(manager: PageClient, cast: Cast) -> None:
    for page in (manager.get("/"), manager.get("/offices/demo/settings")):
        assert {ONLINE, "/offices/demo/settings/paper"} <= set(page.all("//a/@href"))
