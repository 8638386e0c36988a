"""Who asks is believed of so many proxies as the keeper says, and of none unless he does (issue 5)."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, request

from counter import settings
from counter.access import Right, allow
from counter.live.entrance import only_from
from counter.settings import BadSetting
from tests.conftest import close, make_app


@pytest.fixture
def behind(folder: Path) -> Iterator[Callable[..., Flask]]:
    """An application that trusts so many proxies, and says whom it sees."""
    apps: list[Flask] = []

    def made(hops: int, **more: object) -> Flask:
        app = make_app(folder, TRUSTED_PROXIES=hops, **more)
        view = allow(Right.ANYONE)(lambda: f"{request.remote_addr} {request.scheme} {request.host}")
        app.add_url_rule("/who", "who", view)
        apps.append(app)
        return app

    yield made
    for app in apps:
        close(app)


FORGED = {"X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
PROXY = {"REMOTE_ADDR": "10.0.0.2"}


def who(app: Flask, **headers: str) -> str:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get("/who", headers=said, environ_base=PROXY).get_data(as_text=True)


def test_where_none_is_trusted_a_forged_header_changes_nothing(behind: Callable[..., Flask]) -> None:
    assert who(behind(0), **FORGED) == "10.0.0.2 http localhost"


def test_one_proxy_is_believed_and_what_stood_before_it_is_not(behind: Callable[..., Flask]) -> None:
    said = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7", "X-Forwarded-Proto": "https"}
    assert who(behind(1), **said) == "203.0.113.7 https localhost"


def test_two_proxies_are_counted(behind: Callable[..., Flask]) -> None:
    said = {"X-Forwarded-For": "6.6.6.6, 203.0.113.7, 10.0.0.3", "X-Forwarded-Proto": "http, https, http"}
    assert who(behind(2), **said) == "203.0.113.7 https localhost"


def test_the_host_is_never_taken_from_a_header(behind: Callable[..., Flask]) -> None:
    assert who(behind(1), **FORGED).endswith("https localhost")


def test_a_proxy_that_nobody_named_is_told_once(behind: Callable[..., Flask], caplog: pytest.LogCaptureFixture) -> None:
    app = behind(0)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            app.test_client().get("/who", headers={"X-Forwarded-For": "198.51.100.1"})
    assert caplog.text.count("TRUSTED_PROXIES") == 1 and "198.51.100.1" not in caplog.text


@pytest.mark.parametrize(("said", "hops"), [("", 0), ("0", 0), ("1", 1), (" 2 ", 2)])
def test_the_keeper_says_how_many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, hops: int) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TRUSTED_PROXIES", said)
    assert settings.from_environment()["TRUSTED_PROXIES"] == hops


@pytest.mark.parametrize("said", ["yes", "-1", "10", "１"])
def test_what_is_no_number_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TRUSTED_PROXIES", said)
    with pytest.raises(BadSetting, match="TRUSTED_PROXIES"):
        settings.from_environment()


# --- cookies and headers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"), [("https://luot.example.vn", "__Host-luot"), ("http://10.0.0.5:8000", "luot")]
)
def test_over_tls_the_cookie_is_this_hosts_alone(
    behind: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, name: str
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PUBLIC_URL", url)
    own = settings.from_environment()
    names = ("PUBLIC_URL", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE")
    app = behind(1, **{key: own[key] for key in names})
    answer = app.test_client().get("/session", headers={"X-Forwarded-Proto": url.split(":")[0]}, environ_base=PROXY)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{name}=") and ("Secure" in cookie) == ("Strict-Transport-Security" in answer.headers)
    assert ("Secure" in cookie) == url.startswith("https")
    assert "Path=/" in cookie and "Domain" not in cookie and "HttpOnly" in cookie


def test_without_tls_nothing_is_said_of_it(behind: Callable[..., Flask]) -> None:
    assert "Strict-Transport-Security" not in behind(0).test_client().get("/session").headers


# --- origins of the open line -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        ("https://luot.example.vn", True), ("http://10.0.0.5:8000", True), ("http://luot.example.vn", False),
        ("https://luot.example.vn.evil.example", False), ("https://10.0.0.5:8000", False), ("null", False), ("", False),
    ],
)  # fmt: skip
def test_pages_of_the_public_address_and_of_the_one_asked_open_a_line(origin: str, ours: bool) -> None:
    environ = {"wsgi.url_scheme": "http", "HTTP_HOST": "10.0.0.5:8000", "HTTP_X_FORWARDED_HOST": "evil.example"}
    assert only_from("https://luot.example.vn")(origin, environ) == ours


def test_without_a_public_address_only_the_one_asked_does() -> None:
    environ = {"wsgi.url_scheme": "http", "HTTP_HOST": "10.0.0.5:8000"}
    assert only_from("")("http://10.0.0.5:8000", environ)
    assert not only_from("")("://", environ)
