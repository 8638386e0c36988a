"""A browser that checks every page it is given, and fills in forms as a person does."""

import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import html5lib
from flask import Flask
from html5lib.constants import DataLossWarning
from lxml import etree
from werkzeug.test import TestResponse

from tests.cast import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_good: set[bytes] = set()
LABELLED = {"text", "password", "number", "search", "tel", "email", "radio", "checkbox"}


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str
    fields: dict[str, str]

    @property
    def delete(self) -> bool:
        return self.fields.get("_method") == "DELETE"


class Page:
    """One answer, parsed when it is looked at; checked when it is a whole page."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.text = response.get_data(as_text=True)

    @cached_property
    def parser(self) -> html5lib.HTMLParser:
        """Has read the whole page as a browser would."""
        parser = html5lib.HTMLParser(strict=False, tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        with warnings.catch_warnings():  # htmx's attribute names are no XML names.
            warnings.simplefilter("ignore", DataLossWarning)
            parser.parse(self.text)
        return parser

    @cached_property
    def tree(self) -> Any:
        return self.parser.tree.getDocument()

    @property
    def parse_errors(self) -> list[Any]:
        return [error for error in self.parser.errors if error[1] not in ("expected-doctype-but-got-start-tag",)]

    def all(self, path: str) -> list[Any]:
        """Elements by XPath."""
        return list(self.tree.xpath(path))

    def said(self) -> str:
        """What the page tells the person."""
        return " ".join(" ".join(node.itertext()).strip() for node in self.all('//*[@id="said"]')).strip()

    def numbers(self) -> list[str]:
        """The ticket numbers on the page."""
        return [str(value) for value in self.all("//@data-number")]

    def form(self, action: str, *, delete: bool = False) -> Form:
        """The form with this action, with its fields as a browser would send them."""
        forms = [self._filled(form) for form in self.all("//form") if form.get("action", "").endswith(action)]
        found = [form for form in forms if form.delete == delete]
        assert found, (
            f"no form to {action} on the page; there are {[form.get('action') for form in self.all('//form')]}"
        )
        return found[0]

    def forms(self) -> list[Form]:
        """All forms on the page, filled as they stand."""
        return [self._filled(form) for form in self.all("//form")]

    def has_form(self, action: str) -> bool:
        return any(form.get("action", "").endswith(action) for form in self.all("//form"))

    def _filled(self, form: Any) -> Form:
        fields = {}
        for field in form.xpath(".//input[@name]"):
            if field.get("type") in ("radio", "checkbox") and field.get("checked") is None:
                continue
            fields[field.get("name")] = field.get("value", "")
        return Form(form.get("action"), fields)


class PageClient:
    """Follows redirects, signs in, sends forms, and checks the HTML of every GET."""

    def __init__(self, app: Flask) -> None:
        self.app, self.http = app, app.test_client()

    def get(self, address: str, status: int = 200) -> Page:
        page = self._open(address, "GET")
        assert page.status == status, (address, page.status, page.text[:600])
        if page.response.mimetype == "text/html" and "<html" in page.text:
            check_once(page)
        return page

    def post(self, address: str, /, **fields: str) -> Page:
        return self._open(address, "POST", data=fields)

    def open(self, address: str, method: str = "GET", **how: Any) -> TestResponse:
        """One request, not followed, in a context of its own: nothing of the test's leaks into it."""
        with self.app.app_context():
            return self.http.open(address, method=method, **how)

    def _open(self, address: str, method: str, **how: Any) -> Page:
        return Page(self.open(address, method, follow_redirects=True, **how))

    def send(self, form: Form, /, **filled: str) -> Page:
        """Send a form as it stood on its page, with some fields filled in."""
        return self.post(form.action, **{**form.fields, **filled})

    def token(self) -> str:
        """This browser's CSRF token."""
        found = TOKEN.search(self.get("/session").text)
        assert found
        return found[1]

    def sign_in(self, username: str, password: str = PASSWORD) -> Page:
        return self.post("/session", csrf_token=self.token(), username=username, password=password)


def check_once(page: Page) -> None:
    """The same page, but for the token, is good a second time."""
    known = sha256(TOKEN.sub("", page.text).encode()).digest()
    if known not in _good:
        check(page)
        _good.add(known)


def check(page: Page) -> None:
    """What every page must have: title, language, unique ids, labels, honest forms, a token on each."""
    assert not page.parse_errors, page.parse_errors
    assert "".join(page.all("//title/text()")).strip(), "a page without a title"
    assert page.all("/html/@lang")[0] in ("vi", "en")
    ids = [str(value) for value in page.all("//@id")]
    assert len(ids) == len(set(ids)), sorted(value for value in ids if ids.count(value) > 1)
    for field in page.all("//input[not(@type='hidden')]"):
        assert _labelled(page, field), etree.tostring(field)
    for form in page.all("//form"):
        _check_form(form)
    assert not page.all("//@style | //style | //script[not(@src)] | //@onclick | //@onload"), "inline style or script"
    assert len(page.all("//main")) == 1


def _labelled(page: Page, field: Any) -> bool:
    if field.get("aria-label") or field.xpath("ancestor::label"):
        return True
    return bool(page.all(f'//label[@for="{field.get("id")}"]'))


def _check_form(form: Any) -> None:
    assert form.get("action", "").startswith("/"), etree.tostring(form)[:200]
    method = form.get("method", "get").lower()
    assert method in ("get", "post")
    if method == "post":
        tokens = form.xpath('.//input[@name="csrf_token"]/@value')
        assert tokens and tokens[0], f"no CSRF token in the form to {form.get('action')}"
