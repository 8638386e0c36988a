"""What every page has: language, words, icons, versioned files, and the answer to a form."""

import hashlib
import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, flash, g, get_flashed_messages, redirect, request, session, url_for
from flask_babel import Babel, force_locale, get_locale, gettext
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect, generate_csrf
from htmx_flask import Htmx
from markupsafe import Markup
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.wrappers import Response as BaseResponse

from counter.access import signed_in
from counter.errors import DATABASE_AWAY, why_failed
from counter.models import standing
from counter.models.words import Words
from counter.panels import LANGUAGES
from counter.screens import device
from counter.version import of_pages

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Give the templates their words."""
    Babel(app, locale_selector=language)
    Htmx(app)
    Compress(app)
    csrf.init_app(app)
    app.jinja_env.globals.update(
        asset=asset,
        bilingual=bilingual,
        csrf_value=csrf_value,
        icon=icon,
        mine=mine,
        operation=operation,
        standing=standing.of,
        as_drawn=standing.as_drawn,
    )
    app.jinja_env.filters["why_failed"] = why_failed
    app.jinja_env.filters["who_is"] = who_is
    app.context_processor(_every_page)


def language() -> str:
    """The language of the page: as asked in the address, else as chosen before, else Vietnamese (R20)."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        if not g.get("pushed") and session.get("lang") != asked:
            session["lang"] = asked
        return asked
    return str(session.get("lang") or g.get("own_language") or "vi")


def operation() -> str:
    """A fresh operation id for a form that is about to be filled in."""
    return secrets.token_urlsafe(12)


def csrf_value() -> str:
    """The form's token; empty in a drawing for the open line, which belongs to nobody in particular."""
    return "" if g.get("pushed") else str(generate_csrf())


@lru_cache(maxsize=512)
def bilingual(message: str) -> Words:
    """A message in both languages, for screens that many people share. The catalogues don't change while it runs."""
    texts = []
    for lang in LANGUAGES:
        with force_locale(lang):
            texts.append(gettext(message))
    return Words(*texts)


def mine(words: Words) -> str:
    """A text in the language of the page."""
    return words.en if str(get_locale()) == "en" else words.vi


@lru_cache
def asset(name: str) -> str:
    """A static file's address with its digest, so that browsers keep it for good."""
    digest = hashlib.sha256((Path(str(current_app.static_folder)) / name).read_bytes()).hexdigest()[:10]
    return url_for("static", filename=name, v=digest)


@lru_cache
def icon(name: str) -> Markup:
    """A vendored icon, inlined."""
    return Markup((Path(str(current_app.static_folder)) / "vendor" / "icons" / f"{name}.svg").read_text())


def say(sentence: str, kind: str = "ok") -> None:
    """Tell the person something on the next page."""
    flash(sentence, kind)


def see(endpoint: str, **args: Any) -> BaseResponse:
    """Answer a form: see this page now."""
    return redirect(url_for(endpoint, **args), code=303)


def who_is(who: str) -> str:
    """Who did something, as it is kept ("manager lan"), in the reader's language."""
    role, _space, name = who.partition(" ")
    roles = {
        "manager": gettext("Manager"), "coordinator": gettext("Coordinator"), "administrator": gettext("Administrator"),
        "clerk": gettext("Clerk"), "guide": gettext("Guide"),
        "sensor": gettext("People counter"), "device": gettext("Device"),
    }  # fmt: skip
    if who == "command line":
        return str(gettext("The machine’s keeper"))
    if who in ("clock", "rule"):
        return str(gettext("By itself"))
    return f"{roles[role]} {name}" if name and role in roles else who


def asks_delete() -> bool:
    """A form can't send DELETE; it sends POST with `_method=DELETE`."""
    return request.method == "DELETE" or request.form.get("_method", "").upper() == "DELETE"


def only_delete() -> None:
    """For an address where a form can do nothing but delete."""
    if not asks_delete():
        raise MethodNotAllowed(valid_methods=["DELETE"])


def public_address(path: str) -> str:
    """An address as a phone can open it: under PUBLIC_URL where the keeper has set one."""
    return (current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")) + path


def _every_page() -> dict[str, Any]:
    if g.get("pushed"):
        return {"locale": str(get_locale()), "staff": None, "device": None, "said": []}
    picture = request.args.get("picture")  # Drawn small on a page of settings: without scripts, and told nothing.
    return {
        "locale": str(get_locale()), "said": [] if picture else get_flashed_messages(with_categories=True),
        "picture": picture,
        "staff": _if_there(signed_in), "device": _if_there(device), "pages": of_pages(str(current_app.static_folder)),
    }  # fmt: skip


def _if_there(ask: Callable[[], Any]) -> Any:
    """A page that says that the database is away must not ask it."""
    try:
        return ask()
    except DATABASE_AWAY:
        return None
