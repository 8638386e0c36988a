"""Which pages this server serves: a screen that was loaded from an older one loads itself anew."""

import hashlib
from functools import cache
from pathlib import Path


@cache
def of_pages(static: str) -> str:
    """A short digest of all scripts and styles in the folder `static`."""
    digest = hashlib.sha256()
    for file in sorted(own for kind in ("js", "css") for own in (Path(static) / kind).iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]
