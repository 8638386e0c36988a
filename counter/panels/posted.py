"""What is posted at the start of kiosk and phone: notices, and the other ways during a suspension (R9, R12)."""

from dataclasses import dataclass

from counter.models.office import PORTAL_URL
from counter.models.snapshot import Snapshot
from counter.models.told import Contact, HelpPoint
from counter.models.words import Words
from counter.panels import common, texts
from counter.panels.common import Place, place
from counter.panels.kiosk import urgent_errands


@dataclass(frozen=True)
class Posted:
    """`urgent`: errands taken nevertheless; the other ways and whom to ask stand here while a suspension holds."""

    office: Place
    news: texts.News
    urgent: tuple[texts.Urgent, ...]
    portal: Words
    portal_url: str
    contacts: tuple[Contact, ...]
    help_points: tuple[HelpPoint, ...]
    whole: bool
    """The whole office is stopped: its contacts and help points stand here too."""
    phone: bool
    """On a visitor's own phone an address is a link; on the kiosk it is a code to scan."""


CONTACTS_SHOWN = POINTS_SHOWN = 4


def office_of(slug: str, where: str) -> int:
    """The office that the panel's address names. Raises NotFound."""
    return common.office_of(slug)


def posted(seen: Snapshot, slug: str, where: str) -> Posted:
    """What stands above the services."""
    news = texts.news(seen, where)
    begun = [stop for stop in news.stops if stop.begun]
    whole = any(not stop.services for stop in begun)
    return Posted(
        office=place(seen),
        news=news,
        urgent=urgent_errands(seen) if begun else (),
        portal=seen.portal,
        portal_url=seen.portal_url or PORTAL_URL,
        contacts=texts.whom_to_ask(seen, where)[:CONTACTS_SHOWN] if whole else (),
        help_points=seen.help_points[:POINTS_SHOWN] if whole else (),
        whole=whole,
        phone=where == "phone",
    )
