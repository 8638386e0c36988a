"""Searches for an office by name are watched, too. Anybody may ask for any name, so what that costs is bounded."""

from collections.abc import Iterable

from counter.live.watched import Watched

MOST_LIVE = 100
"""Searches that are drawn when something changes. Whoever comes after that sees what was so when they asked."""


def one_more(watched: Iterable[Watched], screen: str) -> bool:
    """Whether this screen watches a search already. A page of ours has one."""
    return any("name" in own.args and screen in own.screens for own in watched)


def bounded(due: list[Watched]) -> list[Watched]:
    """What is to be drawn, without the searches beyond the most: the first that were asked for stay live."""
    beyond = {id(own) for own in [own for own in due if "name" in own.args][MOST_LIVE:]}
    return [own for own in due if id(own) not in beyond]
