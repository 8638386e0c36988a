"""What the machine's keeper may set, from the environment. An office's own settings are in its rows."""

import os
import secrets
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

COOKIE = "luot"
"""The session's cookie. Over TLS its name says more: set by this host alone, for all of it, over TLS alone."""

SHORTEST_SECRET = 32
"""Signs: 128 bits where they are hexadecimal figures."""
EVERYWHERE: dict[str, Any] = {
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": 12 * 3600,
    "SESSION_REFRESH_EACH_REQUEST": False,  # A style sheet whose answer comes late must not undo what a form has kept.
    "MAX_CONTENT_LENGTH": 256 * 1024,
    "MAX_FORM_MEMORY_SIZE": 64 * 1024,
    "WTF_CSRF_TIME_LIMIT": None,  # A kiosk's page stands open all day; the token ends with the session.
    "BABEL_DEFAULT_LOCALE": "vi",
    "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parent.parent / "translations"),
    "COMPRESS_ALGORITHM": ["gzip"],
    "COMPRESS_ALGORITHM_STREAMING": ["deflate"],  # What every browser takes from a plain http address.
    "COMPRESS_MIN_SIZE": 400,
    "COMPRESS_LEVEL": 9,
    "SEND_FILE_MAX_AGE_DEFAULT": 365 * 24 * 3600,  # Every static address carries its file's digest.
    "RATELIMIT_HEADERS_ENABLED": False,
}
"""What is the same on every machine."""


def from_environment() -> dict[str, Any]:
    """Return the Flask configuration. DATA_DIR holds the key, the demo's accounts and, without DATABASE_URL, the one
    file."""
    data = Path(os.environ.get("DATA_DIR", "var")).resolve()
    public_url = os.environ.get("PUBLIC_URL", "").rstrip("/")
    over_tls = public_url.startswith("https:")
    return {
        **EVERYWHERE,
        "DATA_DIR": data,
        "SQLALCHEMY_DATABASE_URI": _database(data),
        "SECRET_KEY": _long_enough("SECRET_KEY") or _kept_key(data),
        "PUBLIC_URL": public_url,
        "SESSION_COOKIE_SECURE": over_tls,
        "SESSION_COOKIE_NAME": f"__Host-{COOKIE}" if over_tls else COOKIE,
        "TRUSTED_PROXIES": _hops(os.environ.get("TRUSTED_PROXIES", "")),
        "METRICS_TOKEN": _long_enough("METRICS_TOKEN"),
        **_nightly_backup(),
    }


class BadSetting(Exception):
    """Something in the environment can't be understood."""


def _long_enough(name: str) -> str:
    """A secret from the environment; empty where none is set. Raises BadSetting for one that can be guessed."""
    said = os.environ.get(name, "").strip()
    if said and len(said) < SHORTEST_SECRET:
        raise BadSetting(f"{name} needs at least {SHORTEST_SECRET} random signs")
    return said


def _hops(said: str) -> int:
    """How many proxies stand before the server and say who asks; none unless the keeper says so. Raises BadSetting."""
    hops = said.strip() or "0"
    if not hops.isascii() or not hops.isdigit() or int(hops) > 9:
        raise BadSetting(f"TRUSTED_PROXIES is the number of proxies before the server, not {said!r}")
    return int(hops)


def _nightly_backup() -> dict[str, Any]:
    """Where, when (by the clocks of the first office) and how many: without BACKUP_DIR none is made."""
    folder, at, keep = (os.environ.get(f"BACKUP_{name}", "").strip() for name in ("DIR", "AT", "KEEP"))
    try:
        hour = time.fromisoformat(at or "02:30")
        number = int(keep or 14)
    except ValueError as error:
        raise BadSetting(f"BACKUP_AT is an hour like 02:30, BACKUP_KEEP a number: {error}") from error
    if number < 1:
        raise BadSetting("BACKUP_KEEP must be at least 1")
    return {"BACKUP_DIR": Path(folder).resolve() if folder else None, "BACKUP_AT": hour, "BACKUP_KEEP": number}


def _database(data: Path) -> str:
    """Where the data are: in PostgreSQL where DATABASE_URL says so, else in the one file, which is never made here."""
    named = os.environ.get("DATABASE_URL", "").strip()
    return named or f"sqlite:///file:{quote(str(data))}/luot.sqlite3?mode=rw&uri=true"


def _kept_key(data: Path) -> str:
    """The key that signs cookies: made once, kept in DATA_DIR, so that a restart signs nobody out."""
    file = data / "secret-key"
    if not file.exists() or not file.read_text().strip():
        data.mkdir(parents=True, exist_ok=True)
        fresh = data / "secret-key.new"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        fresh.replace(file)  # Whole or not at all: a crash here must not leave an empty key.
    return file.read_text().strip()
