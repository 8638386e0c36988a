"""How many files and lines the server may have open: each screen and phone is one (Linux)."""

import logging
import resource

WANTED = 65_536
"""Above the most lines of a whole province (`worker_connections`), with room for files."""
FEW = 4_096
"""With fewer, one crowded address could leave none for the others."""


def enough() -> int:
    """Take as many as the machine gives, up to WANTED; returns how many. systemd gives 1,024 to who does not ask."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    if soft < FEW:
        logging.getLogger(__name__).warning("only %d files and lines may be open: raise LimitNOFILE", soft)
    return soft
