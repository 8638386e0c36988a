"""The address of every panel: its drawing alone, by the same right as on the open line."""

from typing import Any

from flask import Blueprint

from counter.access import allow
from counter.panels import PANELS, Panel, draw
from counter.web.page import language

place = Blueprint("panel", __name__)


def _open(panel: Panel) -> None:
    @allow(panel.right)
    def show(**args: Any) -> str:
        return str(draw(panel, args, language()).html)

    for address in panel.addresses:
        place.add_url_rule(address, panel.name, show)


for _panel in PANELS:
    _open(_panel)
