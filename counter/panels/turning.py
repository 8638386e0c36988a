"""What turns on the wall, one at a time: the ways that fit those who wait now, and the notices (R4, R9)."""

from collections import Counter
from dataclasses import dataclass

from flask_babel import force_locale, gettext

from counter.models.seen import Errand
from counter.models.snapshot import Snapshot
from counter.models.words import Words
from counter.panels import texts
from queues.online import LOOK, ONLINE, PARTIAL, POST_IN, POST_OUT, ways

MOST_WAYS, MOST_NOTICES = 6, 4
SEATS = 90
"""Characters of an errand's name that can be read from the seats; longer ones are cut at a word."""


@dataclass(frozen=True)
class Item:
    """`key` names it from drawing to drawing. A way has a sentence and a code to scan, a notice a title alone."""

    key: str
    title: Words
    sentence: Words | None = None
    offer: Words | None = None
    code: str = ""
    """The address of the code's picture; empty: none."""


def items(seen: Snapshot) -> tuple[Item, ...]:
    """The ways of the errands that most people wait with, then the notices."""
    told = [Item(f"notice-{n}", text) for n, text in enumerate(texts.notices(seen, "display")[:MOST_NOTICES])]
    return (*_ways(seen), *told)


def _ways(seen: Snapshot) -> list[Item]:
    """Distinct ones, most waiting first; of equals the one whose errand came first into the catalogue."""
    waiting = Counter(one.procedure_id for one in seen.in_line if one.procedure_id in seen.errands)
    order = sorted(waiting.items(), key=lambda one: (-one[1], one[0]))
    shown = [_way(seen, seen.errands[errand_id]) for errand_id, _count in order if errand_id]
    return [item for item in shown if item is not None][:MOST_WAYS]


def _way(seen: Snapshot, errand: Errand) -> Item | None:
    """The way that spares the visitor most; None where only the counter is left."""
    said = _sentences(seen)
    way = next((one for one in ways(errand.known) if one in said), None)
    if way is None:
        return None
    offer = next((own.text for own in texts.offers(seen, "display") if own.way == way), None)
    name = Words(_short(errand.name.vi), _short(errand.name.en))
    sentence = said[PARTIAL if way == ONLINE and errand.known.online == PARTIAL else way]
    return Item(f"way-{errand.id}", name, sentence, offer, f"/offices/{seen.slug}/ways/{errand.id}/qr.svg")


def _sentences(seen: Snapshot) -> dict[str, Words]:
    vi, en = _said("vi", seen.portal.vi), _said("en", seen.portal.en)
    return {way: Words(vi[way], en[way]) for way in vi}


def _said(lang: str, portal: str) -> dict[str, str]:
    with force_locale(lang):
        return {
            ONLINE: gettext("Can be done online while you wait: %(portal)s", portal=portal),
            PARTIAL: gettext("A part of it can be done online: %(portal)s", portal=portal),
            LOOK: gettext("See its page: %(portal)s", portal=portal),
            POST_IN: gettext("Can be handed in by post"),
            POST_OUT: gettext("The result can come by post"),
        }


def _short(name: str) -> str:
    return name if len(name) <= SEATS else name[:SEATS].rsplit(" ", 1)[0] + " …"
