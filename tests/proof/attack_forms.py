"""Every form of the real pages, sent with one thing wrong at a time; and addresses with wrong things in them.

The pages are walked through by everybody who may see them: a visitor, a clerk, the guide, the manager, a paired kiosk
and a paired door tablet. Each form is sent as it stands, but for one field, or its address, which gets a boundary value
of its kind. Anything may be refused; what is done is done to the own office only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, quote_plus, urldefrag, urljoin, urlsplit

import requests
from lxml import html
from werkzeug.routing import Map

from tests.proof.attack_odds import FILES, KINDS, TEXTS, Value
from tests.server import Person, Server


@dataclass(frozen=True)
class Field:
    """A field as it stands on its page."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class Form:
    """A form of a page, and who found it there."""

    who: "Somebody"
    action: str
    method: str
    files: bool
    fields: tuple[Field, ...]

    @property
    def sort(self) -> tuple[str, ...]:
        """What makes it another form: where it goes, what it asks."""
        return (self.who.name, self.method, plain(self.action), *sorted(field.name for field in self.fields))

    @property
    def ends_something(self) -> bool:
        """Whether it takes somebody's or something's place away: such forms come last."""
        deletes = any(one.name == "_method" for one in self.fields)
        return deletes or re.search(r"/(people|devices|counters|services)(/|$)|/session", self.action) is not None


class Somebody(Person):
    """Who attacks with what they may open; signs in again where a form has ended the session."""

    def __init__(self, server: Server, name: str, username: str = "") -> None:
        super().__init__(server)
        self.name, self.username = name, username
        if username:
            self.sign_in(username)

    def back_again(self, answer: requests.Response) -> None:
        """Sign in again after having been signed out. Who works here no longer goes on as a visitor."""
        out = answer.status_code == 401 or "/session" in answer.headers.get("Location", "")
        if out and self.username:
            try:
                self.sign_in(self.username)
            except AssertionError:
                self.username = ""
            self.get("/session")


@dataclass
class Attempt:
    """A form with one thing wrong in it."""

    form: Form
    wrong: str
    value: Value
    action: str = ""
    twice: bool = False

    def send(self) -> requests.Response:
        """Send it; nothing is followed. Everything else stands as on its page, with a fresh operation id."""
        who, file = self.form.who, None
        pairs: list[tuple[str, Value]] = []
        for one in self.form.fields:
            own: Value = {"csrf_token": who.token, "operation": token_urlsafe(9)}.get(one.name, one.value)
            pairs += [(one.name, own), (one.name, self.value)] if self.twice and one.name == self.wrong else []
            pairs += (
                []
                if self.twice and one.name == self.wrong
                else [(one.name, self.value if one.name == self.wrong else own)]
            )
            file = one.name if one.kind == "file" else file
        address = who.server.root + (self.action or self.form.action)
        how: dict[str, Any] = {"timeout": 60, "allow_redirects": False}
        if file is not None:
            content = FILES[len(str(self.value)) % len(FILES)]
            texts = {name: value for name, value in pairs if isinstance(value, str) and name != file}
            return who.http.post(address, data=texts, files={file: ("a.csv", content)}, **how)
        body = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs if value is not None)
        if self.form.method == "get":
            return who.http.get(f"{address.split('?')[0]}?{body}"[:3900], **how)
        return who.http.post(address, data=body, headers={"Content-Type": "application/x-www-form-urlencoded"}, **how)

    def __str__(self) -> str:
        address = self.action or self.form.action
        return f"{self.form.who.name}: {self.form.method} {address:.200}, {self.wrong} = {self.value!r:.80}"


@dataclass
class Attack:
    """What was found, and what came of it."""

    people: list[Somebody]
    foreign: list[int]
    """Numbers of what belongs to another office."""
    forms: list[Form] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    sent: int = 0

    def walk(self, most: int) -> None:
        """Everybody walks through at most so many pages, one of each sort, and notes the forms."""
        for who in self.people:
            found = {form.sort: form for page in _pages(who, most) for form in _forms(who, *page)}
            self.forms += found.values()

    def strike(self, many: int, seed: int, *, harmless: bool = False) -> None:
        """Send so many; those that end something come last, or (`harmless`) not at all."""
        random = Random(seed)
        forms = [form for form in self.forms if not (harmless and form.ends_something)]
        attempts = [one for form in forms for one in _attempts(form, self.foreign, random)]
        random.shuffle(attempts)
        chosen = (attempts * (many // max(1, len(attempts)) + 1))[:many]
        for attempt in sorted(chosen, key=lambda one: one.form.ends_something):
            self.note(str(attempt), attempt.send(), attempt.form.who)

    def visit(self, addresses: list[str], seed: int, many: int) -> None:
        """Open addresses, each as anybody of these people."""
        random = Random(seed)
        for address in random.choices(addresses, k=many):
            who = random.choice(self.people)
            self.note(address, who.http.get(who.server.root + address, timeout=60, allow_redirects=False), who)

    def note(self, what: str, answer: requests.Response, who: Somebody) -> None:
        """Count an answer, and complain of what must not be."""
        self.sent += 1
        self.answers[answer.status_code] = self.answers.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            self.violations.append(f"{answer.status_code} for {what}")
        if "<script>alert(1)" in answer.text and not is_file(answer):
            self.violations.append(f"not escaped: {what}")
        who.back_again(answer)


def is_file(answer: requests.Response) -> bool:
    """Whether it is a file to take along that no browser draws: by its kind, its name, and the word not to guess."""
    said, kind = answer.headers, answer.headers.get("Content-Type", "").partition(";")[0]
    named = said.get("Content-Disposition", "").startswith("attachment")
    return kind in ("text/csv", "application/json") and named and said.get("X-Content-Type-Options") == "nosniff"


def plain(address: str) -> str:
    """An address without its numbers and secrets: pages of one sort have the same."""
    path = re.sub(r"/t/[^/?]+", "/t/#", urlsplit(address).path)
    return re.sub(r"\d+", "#", path)


def odd_addresses(rules: Map, foreign: list[int]) -> list[str]:
    """Every address that can be opened, with odd values where it has any."""
    numbers = ["0", "1", "-1", "2147483647", "2147483648", "9" * 40, "x", "1.5", "%00", *map(str, foreign[:3])]
    words = [
        "demo",
        "khac",
        "x",
        "%00",
        "%ff",
        "%ed%a0%80",
        "a" * 3000,
        "..",
        "%2e%2e%2f",
        "'%20OR%201=1",
        "%E2%80%AE",
        "demo%20",
        "DEMO",
    ]
    found = []
    for rule in (own for own in rules.iter_rules() if "GET" in (own.methods or ())):
        pieces = re.split(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", rule.rule)
        for n in range(len(words)):
            filled = [pieces[0]]
            for kind, name, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
                chosen = (
                    numbers[n % len(numbers)] if kind == "int" else "demo" if name == "slug" and n % 3 else words[n]
                )
                filled += [chosen, after]
            found.append(
                "".join(filled) + ("", "?lang=en", "?lang=%00", "?q=%ff%00'", f"?next={quote('//x')}&service=-1")[n % 5]
            )
    return sorted(set(found))


def _attempts(form: Form, foreign: list[int], random: Random) -> Iterator[Attempt]:
    """One of each kind of wrong thing for each field, and for the address."""
    for one in form.fields:
        values = KINDS.get(one.kind, TEXTS) + tuple(str(number) for number in foreign[:2])
        most = re.search(r"\d+", one.kind)
        values += ("x" * (int(most[0]) + 1),) if most else ()
        yield from (Attempt(form, one.name, value) for value in values)
        yield Attempt(form, one.name, random.choice(values[2:]), twice=True)
    numbers = ["0", "2147483647", "2147483648", "x", *map(str, random.sample(foreign, min(5, len(foreign))))]
    for action in (re.sub(r"\d+", number, form.action) for number in numbers):
        yield Attempt(form, "its address", None, action)
    for slug in ("khac", "%00", "%ff", "x" * 3000):
        yield Attempt(form, "its address", None, form.action.replace("/demo", f"/{slug}"))


def _pages(who: Somebody, most: int) -> Iterator[tuple[str, Any]]:
    """Pages that lead to one another, one of each sort: (address, as a tree)."""
    waiting, seen = (
        ["/", "/session", "/offices/demo/kiosk", "/offices/demo/door", "/counters/1", "/offices/demo/settings"],
        set(),
    )
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if plain(address) in seen:
            continue
        seen.add(plain(address))
        answer = who.get(address)
        if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        tree = html.fromstring(answer.content)
        yield urlsplit(answer.url).path, tree
        links = (urldefrag(urljoin(answer.url, str(link)))[0] for link in tree.xpath("//a/@href"))
        waiting += [link.removeprefix(who.server.root) for link in links if link.startswith(who.server.root + "/")]


def _forms(who: Somebody, address: str, tree: Any) -> Iterator[Form]:
    for own in tree.xpath("//form"):
        fields = [
            _field(one)
            for one in own.xpath(".//*[self::input or self::select or self::textarea or self::button][@name]")
        ]
        method, files = own.get("method", "get").lower(), own.get("enctype", "") == "multipart/form-data"
        yield Form(who, own.get("action") or address, method, files, tuple(fields))


def _field(own: Any) -> Field:
    """A field; what has a longest length says so in its kind."""
    kind = own.tag if own.tag in ("select", "textarea") else own.get("type", "text")
    most = own.get("maxlength")
    chosen = own.xpath(".//option[@selected]/@value") or own.xpath(".//option/@value") or [""]
    value = chosen[0] if own.tag == "select" else own.text or "" if own.tag == "textarea" else own.get("value", "1")
    return Field(own.get("name"), f"{kind} {most}" if most and kind not in KINDS else kind, str(value))
