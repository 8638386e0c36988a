"""What the competent authority sets: how many people the room may hold (R1)."""

from counter.actions.change import Change
from counter.actions.perform import Answer, Asked, perform


def set_cap(office_id: int, cap: int | None, asked: Asked) -> Answer:
    """Set the room's cap in people, or None for no cap.

    A lowered cap throws nobody out and lets nobody in until there is room (I17); a raised one lets the next
    in at once.
    """

    def work(change: Change) -> Answer:
        change.office.cap = cap
        change.office.next_seq()
        return {"cap": cap}

    return perform(office_id, asked, f"cap {cap}", work)
