"""How many tickets one phone, and one address, may take without a machine of the office (issue 5).

A family stands behind one phone, a village behind one address: an address may take many more. Whoever has reached a
bound takes the next ticket at the ticket machine, where nobody is counted.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

PHONE, ADDRESS = "phone", "address"
HOUR, DAY = "hour", "day"

Taken = Mapping[tuple[str, str], int]
"""By whom and within what (PHONE, HOUR) → how many tickets."""


@dataclass(frozen=True)
class Bound:
    """At most so many tickets by one phone or address, within an hour or the office's day. `most` None: no bound."""

    by: str
    within: str
    most: int | None


def reached(bounds: Iterable[Bound], taken: Taken) -> Bound | None:
    """The first bound that allows no further ticket, or None."""
    return next((own for own in bounds if own.most is not None and taken[own.by, own.within] >= own.most), None)


def belong(hour: int | None, day: int | None) -> bool:
    """Whether an hour's bound and a day's go together: a day has at least as many. None and 0: no bound."""
    return not hour or not day or hour <= day


def is_counted(*, staff: bool, own_kiosk: bool, says_kiosk: bool, paired_only: bool) -> bool:
    """Whether who asks for a ticket counts as a phone: not the office's own staff, who take it for somebody; not at a
    machine that the office has paired (`own_kiosk`), nor at what merely says it is one, as long as the office does not
    ask for more than that."""
    return not staff and not own_kiosk and (paired_only or not says_kiosk)


def network(address: str) -> str:
    """What of an address is counted: all of an IPv4 address, the first 64 bits of an IPv6 one, which are one line's.

    Empty for what says nothing of who asks: this very machine (a proxy that we were not told of), or no address.
    """
    try:
        own = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(own, ipaddress.IPv6Address):
        own = own.ipv4_mapped or ipaddress.IPv6Network((own.packed[:8] + bytes(8), 64)).network_address
    return "" if own.is_loopback or own.is_unspecified else str(own)


def mark(key: bytes, office_id: int, day: date, own: str) -> str:
    """What is kept of a phone or an address: 128 bits that nobody without the key can make or guess back, another for
    each office and each day. Empty for nothing."""
    if not own:
        return ""
    return hmac.new(key, f"{office_id} {day.isoformat()} {own}".encode(), hashlib.sha256).hexdigest()[:32]
