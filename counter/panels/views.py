"""What each screen shows, as plain values.

A panel function fills one of these; its template draws it. Equal values draw the same panel, so the
open line compares values and does not draw again what the watchers already have. Times are the
office's local time as the screen prints them ("08:41"). People are counted with their companions.
"""

from dataclasses import dataclass

from counter.models.words import Words


@dataclass(frozen=True)
class Place:
    """The office a screen stands in."""

    slug: str
    name: Words


@dataclass(frozen=True)
class ServiceCard:
    """A service as the kiosk offers it. `closed` says why it can't be taken now, in a sentence."""

    id: int
    letter: str
    name: Words
    waiting: int
    closed: Words | None


@dataclass(frozen=True)
class Services:
    """The kiosk's question: what have you come for?"""

    office: Place
    services: tuple[ServiceCard, ...]


@dataclass(frozen=True)
class Turn:
    """One visitor's ticket, on the visitor's own phone. Nobody else is in it (I25)."""

    office: Place
    token: str
    number: str
    letter: str
    status: str
    service: Words
    priority: Words | None
    party: int
    issued: str
    ahead: int | None
    """How many tickets will be called before this one; None once it has been called or has ended."""
    inside: bool
    """The visitor has been let into the room."""
    capped: bool
    """The room has a cap, so the visitor waits outside until "come in"."""
    hold_until: str | None
    """Until when a place is held, while `status` is admitted."""
    counter: int | None
    can_leave: bool
    can_return: bool
    stamp: str
    """Makes the operation ids of the forms: it changes with every move of the ticket."""


@dataclass(frozen=True)
class Line:
    """How many wait for one service."""

    letter: str
    name: Words
    waiting: int


@dataclass(frozen=True)
class Current:
    """The visitor a counter has called or serves."""

    ticket_id: int
    number: str
    letter: str
    status: str
    service: Words
    priority: Words | None
    party: int
    issued: str
    called: str
    recalls: int
    arrived: bool
    """Already in the room when called (false: comes straight from outside)."""
    stamp: str


@dataclass(frozen=True)
class Upcoming:
    """A visitor whom this counter may call, in the order it will."""

    number: str
    letter: str
    priority: Words | None
    after_priority: bool
    """A regular ticket whose turn comes because enough priority tickets went before (k to 1)."""
    issued: str
    party: int
    inside: bool


@dataclass(frozen=True)
class Desk:
    """The clerk's question: who is next?"""

    office: Place
    counter_id: int
    counter: int
    current: Current | None
    upcoming: tuple[Upcoming, ...]
    waiting: int
    lines: tuple[Line, ...]
    stamp: str


@dataclass(frozen=True)
class Call:
    """A call as the wall shows it. `state` is called (now), serving, or past."""

    number: str
    letter: str
    counter: int
    state: str


@dataclass(frozen=True)
class Coming:
    """A visitor for whom a place in the room is held."""

    number: str
    letter: str
    party: int
    until: str
    counter: int | None
    """Called straight from outside to this counter; else None."""
    ticket_id: int
    stamp: str


@dataclass(frozen=True)
class Present:
    """A visitor in the room."""

    number: str
    letter: str
    party: int
    status: str
    since: str
    counter: int | None
    ticket_id: int
    stamp: str


@dataclass(frozen=True)
class Room:
    """The room in figures: people, companions counted. `cap` None means no cap is set."""

    cap: int | None
    inside: int
    held: int
    free: int | None
    over: int
    """How many more people are inside or expected than the cap allows (after it was lowered)."""


@dataclass(frozen=True)
class Door:
    """The guide's question: may someone come in?"""

    office: Place
    room: Room
    coming: tuple[Coming, ...]
    present: tuple[Present, ...]
    waiting: int
    upcoming: tuple[str, ...]
    """The next printed numbers in the order in which they will be let in."""


@dataclass(frozen=True)
class Board:
    """The lobby's question: who goes where?"""

    office: Place
    room: Room
    calls: tuple[Call, ...]
    coming: tuple[Coming, ...]
    lines: tuple[Line, ...]
    waiting: int


@dataclass(frozen=True)
class OfficeCard:
    """How busy one office is."""

    office: Place
    waiting: int
    room: Room
    open: bool


@dataclass(frozen=True)
class Offices:
    """The visitor's question at home: where is it less busy?"""

    offices: tuple[OfficeCard, ...]
