"""The hard promises, one function each (docs/promises.md). Every hard test runs them after every step.

A promise reads the database as it stands and, where it speaks of a change, the `World` that remembers how it
stood before and what was answered. What can be looked up in an office's books alone is looked up by the product's own
functions (`queues/promises.py`, `queues/ledger.py`), which `flask --app app check` runs too.
"""

from collections import Counter as Count
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from counter import clock
from counter.database import db
from counter.models import area as areas
from counter.models import books, history, other_way, presence
from counter.models import counter as counters
from counter.models import office as offices
from counter.models import ticket as tickets
from counter.models.history import History
from counter.models.office import Office
from counter.models.presence import Presence
from counter.models.recount import Recount
from counter.models.ticket import Ticket
from queues import ledger, life, tally
from queues import promises as written
from queues.books import Ledger, Page
from queues.order import FEEDS, Standing, interleaved, ready, streak_of
from queues.room import Room
from tests.proof.census import Census


@dataclass
class World:
    """What a test remembers: the state before the step, the answers given, and its own idea of the room."""

    office: int
    line_before: dict[int, Standing] = field(default_factory=dict)
    stays_before: set[int] = field(default_factory=set)
    """Presences that were open."""
    room_before: Room = field(default_factory=lambda: Room(None, 0, 0))
    rows_before: int = 0
    answers: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    """Operation id → (verb, answer)."""
    census: Census = field(default_factory=Census)
    """Who is where, as the test itself keeps count."""
    passed_before: dict[int, int] = field(default_factory=dict)
    placed_before: set[int | None] = field(default_factory=set)
    """Who had a place in the room, in the line or not: who comes back from hold may never have left it."""
    seq_before: int = 0
    told: list[tuple[int, int]] = field(default_factory=list)
    """(sequence a listener was told of, sequence another connection could read at that moment)."""
    screens: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Panel address → what a screen that has watched all along shows."""
    fresh: Callable[[str], str] = lambda address: ""
    """Draws a panel for somebody who has just come."""
    pages: dict[str, str] = field(default_factory=dict)
    """Token → the visitor's page as drawn now."""
    rows: list[History] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    page: Page = field(default_factory=lambda: Page([], []))
    """The office's books, as the product reads them: all days on one page, and the ledger."""
    ledger: Ledger | None = None

    def remember(self) -> None:
        """Before a step: how things stand."""
        self.line_before = {standing.ticket: standing for standing in tickets.line(self.office)}
        self.stays_before = {stay.id for stay in presence.open_in(self.office)}
        self.room_before = room(self)
        self.rows_before = count_rows(self)
        self.passed_before = {ticket.id: ticket.passed for ticket in self.tickets}
        self.placed_before = {stay.ticket_id for stay in presence.of_zone(self.office, None)}
        self.seq_before = offices.seq_of(self.office)

    def read(self) -> None:
        """After a step: the history and the tickets, as another reader would find them."""
        own = select(History).where(History.office_id == self.office).order_by(History.seq)
        self.rows = list(db.session.scalars(own))
        theirs = select(Ticket).where(Ticket.office_id == self.office).order_by(Ticket.sequence)
        self.tickets = list(db.session.scalars(theirs))

    def open_the_books(self) -> None:
        """After a step, once all is saved: as the keeper's own check would find it."""
        self.page, self.ledger = books.page(self.office), books.ledger(self.office)

    def recounted(self) -> bool:
        """Whether the room was counted by eye in the last step."""
        own = select(Recount.id).where(Recount.office_id == self.office, Recount.seq > self.seq_before)
        return db.session.scalar(own.limit(1)) is not None

    def new_rows(self) -> list[History]:
        """The moves of the last step."""
        return self.rows[self.rows_before :]


def office(world: World) -> Office:
    return offices.by_id(world.office)


def room(world: World) -> Room:
    return presence.room_of(world.office, office(world).cap)


def count_rows(world: World) -> int:
    return db.session.scalar(select(func.count()).where(History.office_id == world.office)) or 0


def held(broken: Iterable[str]) -> None:
    """A promise of the books that is broken nowhere."""
    said = list(broken)
    assert not said, said


def i1_a_number_is_unique_in_its_office_series_and_day(world: World) -> None:
    held(written.i1_a_number_is_unique(world.page))


def i2_no_gaps(world: World) -> None:
    held(written.i2_no_gaps(world.page))
    for (letter, day), last in world.page.last.items():
        assert last == len([s for s in world.page.slips if (s.letter, s.day) == (letter, day)]), "begins with one"


def i3_an_answer_given_is_never_taken_back(world: World) -> None:
    held(ledger.i3_an_answer_given_is_never_taken_back(world.ledger))
    for verb, answer in world.answers.values():
        if verb == "issue":
            ticket = tickets.by_id(answer["ticket"])
            assert (ticket.token, ticket.office_id) == (answer["token"], world.office)


def i4_the_same_form_makes_one_ticket(world: World) -> None:
    held(ledger.i4_the_same_form_makes_one_ticket(world.ledger))
    given = [answer["ticket"] for verb, answer in world.answers.values() if verb == "issue"]
    assert len(given) == len(set(given)) == len(world.tickets)


def i5_later_tickets_have_higher_numbers(world: World) -> None:
    held(written.i5_later_tickets_have_higher_numbers(world.page))


def i6_only_moves_of_the_table(world: World) -> None:
    held(written.i6_only_moves_of_the_table(world.page))


def i7_at_most_one_open_ticket_a_counter(world: World) -> None:
    held(ledger.i7_at_most_one_open_ticket_a_counter(world.ledger))


def i8_one_counter_a_ticket(world: World) -> None:
    held(written.i8_one_counter_a_ticket(world.page))


def i9_each_call_has_exactly_one_winner(world: World) -> None:
    held(ledger.i9_each_call_has_one_winner(world.ledger))
    won = Count(answer["ticket"] for verb, answer in world.answers.values() if verb == "call")
    made = Count(row.ticket_id for row in world.rows if row.move == "call")
    assert won == made


def i10_an_end_is_an_end(world: World) -> None:
    held(written.i10_an_end_is_an_end(world.page))


def i11_issued_is_what_waits_and_is_served_and_has_ended(world: World) -> None:
    held(written.i11_every_ticket_was_issued_once(world.page))
    held(ledger.i11_issued_is_what_is_there(world.ledger))
    moves = history.moves(world.office)
    standing = Count(t.status for t in world.tickets)
    assert tally.standing(moves) == standing
    assert tally.issued(moves) == sum(standing.values()) == office(world).issued


def i12_first_come_first_served_within_a_class(world: World) -> None:
    for row in world.new_rows():
        taken = world.line_before.get(row.ticket_id)
        if row.move not in ("call", "admit") or taken is None:
            continue
        earlier = [s for s in _rivals(world, row, taken) if s.priority == taken.priority and s.key < taken.key]
        if row.why == FEEDS:  # Feeds a counter that stands idle: only those for the same service are never passed.
            earlier = [s for s in earlier if s.service == taken.service]
        assert not earlier


def i12_nothing_but_being_late_costs_the_place(world: World) -> None:
    """Neither trying online, nor asking for minutes, nor anything else: only who did not come in time is set back."""
    held(written.i12_nothing_but_being_late_costs_the_place(world.page))


def i12_who_is_handed_over_stands_as_if_they_had_come_here(world: World) -> None:
    in_time = [t for t in world.tickets if t.status in life.OPEN and not (t.lapses or t.returns)]
    for handed in (t for t in in_time if t.handed_from):
        came = other_way.first_of(handed)
        for own in (t for t in in_time if not t.handed_from):
            assert (handed.standing.key < own.standing.key) == (came < own.id)


def i12_nobody_who_was_handed_over_is_lost_or_stands_twice(world: World) -> None:
    held(ledger.i12_nobody_who_was_handed_over_is_lost_or_stands_twice(world.ledger))


def i13_nobody_lets_others_go_first_beyond_the_bound(world: World) -> None:
    held(written.i13_minutes_are_asked_for_as_often_as_was_counted(world.page))
    assert all(ticket.deferrals <= office(world).defer_bound for ticket in world.tickets)


def i13_who_lets_others_go_first_is_neither_taken_nor_passed_against_their_will(world: World) -> None:
    for row in world.new_rows():
        assert row.move not in ("call", "admit") or tickets.by_id(row.ticket_id).defer_until is None
    for standing in world.line_before.values():
        if standing.deferred:
            assert tickets.by_id(standing.ticket).passed == standing.passed


def i13_who_lets_others_go_first_comes_back(world: World) -> None:
    """Whoever does so stands in the line, and the moment at which it is over lies no farther off than the office
    says; before that only their own word ends it."""
    said = [answer.get("ticket") for verb, answer in world.answers.values() if verb == "ready"]
    for ticket in world.tickets:
        if ticket.defer_until is not None:
            assert ticket.status in (life.WAITING, life.INSIDE)
            assert 0 < (ticket.defer_until - clock.now()).total_seconds() <= office(world).defer_seconds
        elif ticket.id in world.line_before and world.line_before[ticket.id].deferred:
            assert life.has_ended(ticket.status) or ticket.id == said[-1]


def i13_no_class_starves(world: World) -> None:
    held(written.i13_every_exception_has_a_reason(world.page))
    ratio = office(world).ratio
    for row in world.new_rows():
        taken = world.line_before.get(row.ticket_id)
        if row.move not in ("call", "admit") or taken is None:
            continue
        rivals = _rivals(world, row, taken)
        before = [own for own in world.rows if own.seq <= row.seq and _same_row(own, row)]
        last = [own.priority for own in before][-ratio - 1 :]
        starved = [s for s in rivals if not s.priority]
        assert row.why == FEEDS or not (starved and len(last) > ratio and all(last)), "k to 1 was passed over"
        passed = [s for s in rivals if s.key < taken.key]
        assert row.why == "first" or passed or row.why, "an exception without a reason"
        assert not passed or row.why in ("priority", "regulars_turn", FEEDS)


def i13_nobody_is_passed_beyond_the_bound(world: World) -> None:
    """Kept for each visitor: how many were let in ahead so that a counter did not stand idle."""
    bound = office(world).pass_bound
    fed = len([row for row in world.new_rows() if row.why == FEEDS])
    for ticket in world.tickets:
        assert ticket.passed <= bound, f"{ticket.printed} was passed {ticket.passed} times"
        assert ticket.passed - world.passed_before.get(ticket.id, 0) <= fed, "passed by nobody"


def i13_who_comes_in_before_their_turn_has_a_reason(world: World) -> None:
    if world.room_before.cap is not None:
        for row in world.new_rows():
            assert row.move != "enter" or row.source != "waiting" or row.why


def i14_only_a_counter_with_that_service_may_call_it(world: World) -> None:
    for row in world.new_rows():
        if row.move == "call":
            assert row.counter_id is not None
            assert tickets.by_id(row.ticket_id).service_id in counters.by_id(row.counter_id).service_ids


def i15_headcount_is_the_set_of_those_present(world: World) -> None:
    held(ledger.i15_whoever_is_counted_belongs_here(world.ledger))
    census = world.census
    present = [p for p in presence.open_in(world.office) if p.entered_at]
    named = {p.ticket_id: p.party for p in present if p.area_id is None and p.ticket_id is not None}
    nameless = sum(p.party for p in present if p.area_id is None and p.ticket_id is None)
    if census.corrected:  # Who was taken off is for the rule of the count to say; how many remain is not.
        assert set(named) <= set(census.inside)
        census.inside, census.nameless, census.corrected = dict(named), nameless, False  # type: ignore[arg-type]
    assert (named, nameless) == (census.inside, census.nameless)
    assert room(world).inside == census.people
    assert {p.ticket_id: p.party for p in present if p.area_id is not None} == census.waiting


def i16_no_admission_passes_the_cap(world: World) -> None:
    now = room(world)
    if not world.recounted():  # A count by eye is what is, whatever the cap.
        assert now.cap is None or now.taken <= max(now.cap, world.room_before.taken)
    arrivals = [p for p in _held_in_step(world) if now.cap is not None]
    assert not (arrivals and now.over), "somebody got a place above the cap"
    for area in areas.of_office(world.office):
        assert presence.room_of(world.office, area.cap, area.id).taken <= area.cap


def i17_a_lowered_cap_throws_nobody_out_and_admits_nobody(world: World) -> None:
    now = room(world)
    if now.cap is not None and world.room_before.cap is not None and now.cap < world.room_before.cap:
        assert now.taken == world.room_before.taken or now.taken <= now.cap
        assert not [row for row in world.new_rows() if row.move in ("leave", "expire", "lapse")]
    if now.over:
        assert not [row for row in world.new_rows() if row.move == "admit"]


def i18_a_second_scan_changes_nothing(world: World) -> None:
    held(ledger.i18_nobody_is_in_two_places(world.ledger))


def i20_every_presence_ends(world: World) -> None:
    held(ledger.i20_every_presence_ends(world.ledger))


def i21_a_recount_writes_before_after_who_and_why(world: World) -> None:
    held(ledger.i21_a_recount_says_who_and_why(world.ledger))
    own = select(Recount).where(Recount.office_id == world.office).order_by(Recount.seq)
    for kept in db.session.scalars(own):
        if kept.seq > world.seq_before and office(world).guarded:
            assert (kept.before, kept.after) == (world.room_before.inside, room(world).inside)


def i22_nothing_is_told_before_it_is_saved(world: World) -> None:
    assert all(saved >= told for told, saved in world.told)


def i23_a_screen_that_stayed_equals_a_fresh_one(world: World) -> None:
    for address, (_seq, html) in world.screens.items():
        assert html == world.fresh(address), address


def i25_a_token_shows_its_own_ticket_and_nobody_else(world: World) -> None:
    known = world.tickets
    for token, page in world.pages.items():
        others = [t for t in known if t.token != token]
        own = tickets.by_token(token)
        assert f'data-number="{own.printed}"' in page
        assert not [t for t in others if t.token in page]
        assert not [t for t in others if t.printed != own.printed and t.printed in page]


def i26_no_change_is_newer_than_the_office(world: World) -> None:
    held(ledger.i26_no_change_is_newer_than_the_office(world.ledger))


PROMISES: tuple[Callable[[World], None], ...] = (
    i1_a_number_is_unique_in_its_office_series_and_day,
    i2_no_gaps,
    i3_an_answer_given_is_never_taken_back,
    i4_the_same_form_makes_one_ticket,
    i5_later_tickets_have_higher_numbers,
    i6_only_moves_of_the_table,
    i7_at_most_one_open_ticket_a_counter,
    i8_one_counter_a_ticket,
    i9_each_call_has_exactly_one_winner,
    i10_an_end_is_an_end,
    i11_issued_is_what_waits_and_is_served_and_has_ended,
    i12_first_come_first_served_within_a_class,
    i12_nothing_but_being_late_costs_the_place,
    i12_who_is_handed_over_stands_as_if_they_had_come_here,
    i12_nobody_who_was_handed_over_is_lost_or_stands_twice,
    i13_nobody_lets_others_go_first_beyond_the_bound,
    i13_who_lets_others_go_first_is_neither_taken_nor_passed_against_their_will,
    i13_who_lets_others_go_first_comes_back,
    i13_no_class_starves,
    i13_nobody_is_passed_beyond_the_bound,
    i13_who_comes_in_before_their_turn_has_a_reason,
    i14_only_a_counter_with_that_service_may_call_it,
    i15_headcount_is_the_set_of_those_present,
    i16_no_admission_passes_the_cap,
    i17_a_lowered_cap_throws_nobody_out_and_admits_nobody,
    i18_a_second_scan_changes_nothing,
    i20_every_presence_ends,
    i21_a_recount_writes_before_after_who_and_why,
    i22_nothing_is_told_before_it_is_saved,
    i23_a_screen_that_stayed_equals_a_fresh_one,
    i25_a_token_shows_its_own_ticket_and_nobody_else,
    i26_no_change_is_newer_than_the_office,
)


def check_all(world: World) -> None:
    """Every promise, on the state as another reader would find it."""
    db.session.rollback()
    db.session.expire_all()
    world.read()
    world.open_the_books()
    for promise in PROMISES:
        promise(world)


def _rivals(world: World, row: History, taken: Standing) -> list[Standing]:
    """Who else could have been taken instead, as the line stood before the step. Who lets others go first could not."""
    before = [s for s in ready(world.line_before.values()) if s.ticket != taken.ticket]
    if row.move == "admit":
        cap = office(world).cap or 0
        waiting_still = [s for s in before if tickets.by_id(s.ticket).status == "waiting"]
        return [s for s in waiting_still if s.status == "waiting" and s.party <= cap and not _set_back(s)]
    services = counters.by_id(row.counter_id).service_ids if row.counter_id else []
    own = [s for s in before if s.service in services]
    reach = _reach(world, row)
    return [s for s in own if s.inside] if taken.inside else [s for s in own if _could_enter(world, s, reach)]


def _same_row(one: History, row: History) -> bool:
    """Taken in the same row of turns: calls by one counter, admissions by the office."""
    return one.move == row.move and (row.move == "admit" or one.counter_id == row.counter_id)


def _could_enter(world: World, standing: Standing, reach: set[int]) -> bool:
    return (
        standing.inside or standing.place_held or (world.room_before.fits(standing.party) and standing.ticket in reach)
    )


def _reach(world: World, row: History) -> set[int]:
    """Who outside may be called: all up to the first who must not be passed again."""
    own = office(world)
    before = [r.priority for r in world.rows if r.move == "admit" and r.seq < row.seq][: -own.ratio - 1 : -1]
    line = ready(world.line_before.values())
    outside = [s for s in line if not s.place_held and (own.cap is None or s.party <= own.cap)]
    reached: set[int] = set()
    for pick in interleaved(outside, own.ratio, streak_of(before)):
        reached.add(pick.standing.ticket)
        if own.cap is not None and pick.standing.passed >= own.pass_bound:
            break
    return reached


def _set_back(standing: Standing) -> bool:
    """Its place changed within the step (a lapse), so the line before says nothing about it."""
    return tickets.by_id(standing.ticket).setback != standing.setback


def _held_in_step(world: World) -> list[Presence]:
    new = {row.ticket_id for row in world.new_rows() if row.move in ("admit", "call", "enter")}
    stays = [p for p in presence.open_in(world.office) if p.area_id is None and p.ticket_id in new]
    return [p for p in stays if p.id not in world.stays_before]
