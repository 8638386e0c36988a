"""Writes docs/ticket-life.md from the table in queues/life.py: `make docs`."""

from queues.life import ENDED, OPEN, TABLE

HEAD = """# The life of a ticket

Written from the table in `queues/life.py` by `make docs`; a test fails when this page is stale. One function makes
every move (`counter/actions/change.py`), and every move leaves one row of history: who, when, from where, why.

| Move | from | to | who |
|---|---|---|---|
"""
FOOT = """
Open: {open}. Ended: {ended}.

Being in the room is a fact of its own (`counter/models/presence.py`), not a status: who is done may still be inside,
and who holds a ticket may be outside. An office without a cap skips admit, lapse and enter.
"""


def page() -> str:
    """The page as it should stand."""
    rows = "".join(f"| {m.name} | {', '.join(m.sources) or '–'} | {m.target} | {m.who} |\n" for m in TABLE)
    return HEAD + rows + FOOT.format(open=", ".join(OPEN), ended=", ".join(ENDED))


if __name__ == "__main__":
    print(page(), end="")
