"""A panel is a function, a partial, an address and a right.

One declaration makes all four. The page includes the panel's drawing, its address returns that drawing
alone, and the open line pushes the same drawing; the same right guards all three.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import render_template
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from counter.access import Right
from counter.models.glance import Everything
from counter.models.snapshot import Snapshot
from counter.panels import common, desk, display, door, help, here, home, kiosk, overview, pocket, posted, sign

SCREENS, PHONES, OVERALL = 0.05, 0.5, 1.0
"""Seconds for which changes are gathered before a panel is drawn again: of one office, and of all together."""

LANGUAGES = ("vi", "en")

Args = dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """`office_of` names the office whose changes the panel shows (None: all), `show` fills its values.

    `more` are addresses of the same panel for one of the office's waiting areas, for one device and what it shows, for
    offices of a name.
    """

    name: str
    address: str
    template: str
    right: Right
    office_of: Callable[..., int | None]
    show: Callable[..., Any]
    pace: float = SCREENS
    more: tuple[str, ...] = ()

    @property
    def addresses(self) -> list[str]:
        return [self.address, *self.more]

    def look(
        self,
        args: Args,
        read: Callable[[int], Snapshot] = Snapshot,
        read_all: Callable[[], Everything] = home.all_offices,
    ) -> Any:
        """Read what the panel needs: the snapshot of its office, or of all."""
        office_id = self.office_of(**args)
        return read(office_id) if office_id is not None else read_all()


@dataclass(frozen=True)
class Drawn:
    """A panel as drawn: `seq` orders the drawings of one address, older ones are dropped by the screen."""

    id: str
    seq: int
    html: Markup


AREA = "/offices/<slug>/areas/<int(max=2147483647):area_id>"
DEVICE = "/devices/<int(max=2147483647):device_id>"

BOARD = Panel(
    "board",
    "/offices/<slug>/display/board",
    "display/_board.html",
    Right.ANYONE,
    common.office_of,
    display.board,
    more=(f"{AREA}/display/board", f"{DEVICE}/board"),
)
SERVICES = Panel(
    "services",
    "/offices/<slug>/kiosk/services",
    "kiosk/_services.html",
    Right.ANYONE,
    common.office_of,
    kiosk.services,
    more=(f"{DEVICE}/services",),
)
DOOR = Panel(
    "door",
    "/offices/<slug>/door/state",
    "door/_door.html",
    Right.DOOR,
    common.office_of,
    door.door,
    more=(f"{AREA}/door/state",),
)
SIGN = Panel("sign", "/offices/<slug>/door/sign/state", "door/_sign.html", Right.ANYONE, common.office_of, sign.sign)
HERE = Panel("here", "/offices/<slug>/display/here", "display/_here.html", Right.LOBBY, common.office_of, here.here)
DESK = Panel(
    "desk",
    "/counters/<int(max=2147483647):counter_id>/desk",
    "desk/_desk.html",
    Right.COUNTER,
    desk.office_of,
    desk.desk,
)
HELP = Panel("help", "/offices/<slug>/help/list", "help/_help.html", Right.DOOR, common.office_of, help.wanted)
TURN = Panel("turn", "/t/<token>/turn", "pocket/_turn.html", Right.ANYONE, pocket.office_of, pocket.turn, pace=PHONES)
OFFICES = Panel(
    "offices",
    "/offices",
    "home/_offices.html",
    Right.ANYONE,
    home.office_of,
    home.offices,
    pace=OVERALL,
    more=("/offices-named/<name>",),
)
OVERVIEW = Panel(
    "overview",
    f"/overview/<any({', '.join(overview.ORDERS)}):by>",
    "overview/_overview.html",
    Right.COORDINATOR,
    overview.office_of,
    overview.overview,
    pace=OVERALL,
)

NOTICES = Panel(
    "notices",
    "/offices/<slug>/notices/<any(kiosk, phone):where>",
    "kiosk/_notices.html",
    Right.ANYONE,
    posted.office_of,
    posted.posted,
)

PANELS = (NOTICES, BOARD, HERE, SERVICES, DOOR, SIGN, DESK, HELP, TURN, OFFICES, OVERVIEW)
_MAP = Map([Rule(address, endpoint=panel.name) for panel in PANELS for address in panel.addresses]).bind("")


def at(address: str) -> tuple[Panel, Args, str] | None:
    """Return the panel at an address with its arguments and language, or None."""
    try:
        parts = urlsplit(address)
        name, args = _MAP.match(parts.path)
        address.encode()
    except (HTTPException, ValueError):
        return None
    typed = args.get("name")
    if "\0" in parts.path or (typed is not None and typed != home.named(typed)):  # Many spellings would be many panels.
        return None
    lang = parse_qs(parts.query).get("lang", ["vi"])[0]
    if lang not in LANGUAGES:
        return None
    return next(panel for panel in PANELS if panel.name == name), dict(args), lang


def address_of(panel: Panel, args: Args, lang: str) -> str:
    """The panel's address; Vietnamese is understood, another language is named."""
    path = _MAP.build(panel.name, args)
    return path if lang == "vi" else f"{path}?lang={lang}"


def draw(panel: Panel, args: Args, lang: str, seen: Any = None) -> Drawn:
    """Draw a panel for a page or for its own address, from what the page has read already if it has."""
    seen = seen or panel.look(args)
    return drawn(panel, args, lang, panel.show(seen, **args), seen.seq)


def drawn(panel: Panel, args: Args, lang: str, view: Any, seq: int) -> Drawn:
    """Draw values that were read before. Needs a request context in the language `lang`."""
    html = render_template(
        "shared/_panel.html", panel_id=panel.name, panel_address=address_of(panel, args, lang),
        panel_seq=seq, panel_template=panel.template, view=view,
    )  # fmt: skip
    return Drawn(panel.name, seq, Markup(html))
