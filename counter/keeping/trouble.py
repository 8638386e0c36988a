"""Why something of the keeper's could not be done: a kind for the page that shows it, a sentence for who has typed."""

import errno

FULL, FOLDER, EXISTS, PROGRAM, DAMAGED, AWAY, OTHER = "full", "folder", "exists", "program", "damaged", "away", "other"


class Trouble(Exception):
    """Nothing was changed, nothing half done is left. `kind` is one of the above."""

    def __init__(self, kind: str, said: str) -> None:
        super().__init__(said)
        self.kind, self.said = kind, said


def of_disk(error: OSError, where: object) -> Trouble:
    """What a disk that does not take it has said, in words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble(FULL, f"no space is left at {where}")
    return Trouble(FOLDER, f"{where} can't be written: {error.strerror or error}")
