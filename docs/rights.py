"""Writes docs/rights.md from the table in `counter/access.py` and the program's own addresses: `make docs`."""

from flask import Flask

from counter.access import OPENS, Reach, Right
from counter.models.staff import ROLES
from counter.panels import PANELS

HEAD = """# Who may do what

Written from `counter/access.py` and the program's addresses by `make docs`; a test fails when this page is stale.
Each cell, for every address and every panel of the open line, is asked both ways in `tests/web/test_rights.py`, by
visitors, devices, staff of the office and of another one. What is not here is closed. Somebody of another office is
told that there is no such thing (404); who is not signed in is asked to sign in.

"""
WORDS = {Reach.COUNTER: "own counter", Reach.OFFICE: "own office", Reach.ALL: "all offices", None: "–"}


def page(app: Flask) -> str:
    """The page as it should stand."""
    return HEAD + "\n".join([*_roles(), "", *_addresses(app), *_panels()]) + "\n"


def _roles() -> list[str]:
    head = ["", "visitor", "door tablet", *ROLES]
    rows = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", f"| anyone |{' yes |' * (len(head) - 1)}"]
    for right, reaches in OPENS.items():
        door = "own office" if right is Right.DOOR else "–"
        cells = [right.name.lower(), "–", door, *(WORDS[reaches.get(role)] for role in ROLES)]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _addresses(app: Flask) -> list[str]:
    lines = []
    for right in Right:
        own = sorted(
            {f"`{'/'.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.rule}`"
             for rule in app.url_map.iter_rules() if _right(app, rule.endpoint) is right}
        )  # fmt: skip
        lines += [f"## {right.name.lower()}: {right.value}", "", *(f"- {one}" for one in own), ""]
    return lines


def _panels() -> list[str]:
    rows = [
        f"| {panel.name} | {panel.right.name.lower()} | {', '.join(f'`{a}`' for a in panel.addresses)} |"
        for panel in PANELS
    ]
    return ["## Panels of the open line", "", "| Panel | Right | Addresses |", "|---|---|---|", *rows]


def _right(app: Flask, endpoint: str) -> Right | None:
    return getattr(app.view_functions[endpoint], "right", None)


if __name__ == "__main__":
    from app import create_app

    print(page(create_app()), end="")
