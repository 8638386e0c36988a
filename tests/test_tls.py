"""https as docs/tls.md says: Caddy with a CA of its own before the server; pages, cookies, the open line through it."""

import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import websocket
from requests.adapters import HTTPAdapter

from tests.server import ROOT, Server, free_port

pytestmark = pytest.mark.server

PHONE = "127.0.0.5"
"""An address of its own for who asks: Caddy tells it apart from this machine's usual one."""


@dataclass
class Office:
    """The server with Caddy before it, and the certificate that kiosks are given."""

    server: Server
    root: str
    plain: str
    ca: Path

    @property
    def port(self) -> int:
        return int(self.root.rpartition(":")[2])


class FromPhone(HTTPAdapter):
    """Asks from the phone's address."""

    def init_poolmanager(self, *args: Any, **how: Any) -> None:
        super().init_poolmanager(*args, source_address=(PHONE, 0), **how)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """As installed: deploy/Caddyfile as it is, TRUSTED_PROXIES=1, PUBLIC_URL with https."""
    if shutil.which("caddy") is None:
        assert not os.environ.get("CI"), "no Caddy: install the package caddy"
        pytest.skip("no Caddy: install the package caddy")
    folder, https, http = tmp_path_factory.mktemp("tls"), free_port(), free_port()
    root = f"https://localhost:{https}"
    server = Server(folder, settings={"TRUSTED_PROXIES": "1", "PUBLIC_URL": root})
    server.prepare()
    server.start()
    ca = folder / "caddy/pki/authorities/local"
    own = {
        "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder), "LUOT_CA": str(ca),
        "LUOT_PORT": str(server.port), "LUOT_HTTPS_PORT": str(https), "LUOT_HTTP_PORT": str(http),
    }  # fmt: skip
    with (folder / "caddy.log").open("wb") as log:
        command = ["caddy", "run", "--config", str(ROOT / "deploy/Caddyfile"), "--adapter", "caddyfile"]
        caddy = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log)
    try:
        wait_until_served(f"http://localhost:{http}/ca.crt", folder / "caddy.log")
        yield Office(server, root, f"http://localhost:{http}", ca / "root.crt")
    finally:
        caddy.terminate()
        caddy.wait(timeout=10)
        server.stop()


def wait_until_served(address: str, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if requests.get(address, timeout=2).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture
def phone(office: Office) -> Iterator[requests.Session]:
    """A browser that trusts the CA and nothing else."""
    session = requests.Session()
    session.trust_env = False  # No other bundle of certificates, no proxy of this machine.
    session.verify = str(office.ca)
    session.mount("https://", FromPhone())
    yield session
    session.close()


def form(phone: requests.Session, office: Office, path: str, **fields: str) -> requests.Response:
    page = phone.get(office.root + "/session", timeout=20).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    sent = {"csrf_token": token, **fields}
    return phone.post(office.root + path, data=sent, headers={"Referer": office.root + "/session"}, timeout=20)


def test_the_ca_is_given_over_plain_http_and_everything_else_leads_to_https(office: Office) -> None:
    given = requests.get(f"{office.plain}/ca.crt", timeout=20)
    assert given.content == office.ca.read_bytes() and "x-x509-ca-cert" in given.headers["Content-Type"]
    led = requests.get(f"{office.plain}/offices/demo/kiosk", timeout=20, allow_redirects=False)
    assert led.headers["Location"].startswith("https://localhost")


@pytest.mark.parametrize("path", ["/offices/demo/door/counts", "/metrics", "/socket.io/?EIO=4&transport=websocket"])
def test_what_no_person_opens_is_not_led_on_but_refused(office: Office, path: str) -> None:
    """A program that sends its secret over plain http is to be mended, not helped (ASVS 4.1.2)."""
    answer = requests.post(f"{office.plain}{path}", timeout=20, allow_redirects=False)
    assert answer.status_code == 403 and "https" in answer.text


def test_who_trusts_the_ca_sees_the_page_and_who_does_not_sees_none(office: Office, phone: requests.Session) -> None:
    answer = phone.get(f"{office.root}/offices/demo/kiosk", timeout=20)
    assert answer.status_code == 200 and "<main" in answer.text
    assert "includeSubDomains" in answer.headers["Strict-Transport-Security"]
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(office.root, timeout=20)


def test_the_cookie_goes_over_tls_alone_and_signs_in(office: Office, phone: requests.Session) -> None:
    page = form(phone, office, "/session", username="quanly", password=office.server.accounts["quanly"])
    assert page.status_code == 200 and page.url.startswith(office.root)
    cookies = {own.name: own for own in phone.cookies}
    assert {"__Host-luot", "__Host-luot_browser"} == cookies.keys()
    assert all(own.secure and own.path == "/" and not own.domain_specified for own in cookies.values())
    assert phone.get(f"{office.root}/offices/demo/settings", timeout=20).url.endswith("/settings")


def test_a_ticket_is_taken_and_its_code_leads_to_https(office: Office, phone: requests.Session) -> None:
    service = re.findall(r'id="service-(\d+)"', phone.get(f"{office.root}/offices/demo/tickets", timeout=20).text)[0]
    page = form(phone, office, "/offices/demo/tickets", service=service)
    assert page.status_code == 200 and page.url.startswith(f"{office.root}/t/")


def test_the_audit_has_the_address_of_who_asked_and_not_what_they_say(office: Office, phone: requests.Session) -> None:
    form(phone, office, "/session", username="quanly", password=office.server.accounts["quanly"])
    phone.headers["X-Forwarded-For"] = "198.51.100.1"
    fields = {"phone_hour": "7", "phone_day": "70", "address_hour": "700", "address_day": "7000"}
    assert form(phone, office, "/offices/demo/settings/phones", **fields).status_code == 200
    told = phone.get(f"{office.root}/offices/demo/settings/audit", timeout=20).text
    assert PHONE in told and "198.51.100.1" not in told and "127.0.0.1" not in told


def test_the_open_line_goes_through_and_a_strangers_page_gets_none(office: Office) -> None:
    address = f"wss://localhost:{office.port}/socket.io/?EIO=4&transport=websocket"
    trust = {"ca_certs": str(office.ca), "cert_reqs": ssl.CERT_REQUIRED}
    line = websocket.create_connection(address, timeout=20, sslopt=trust, origin=office.root)
    line.recv(), line.send("40"), line.recv()
    line.send('421["watch",["/offices/demo/display/board"]]')
    assert "board" in line.recv() + line.recv()
    line.close()
    with pytest.raises(websocket.WebSocketBadStatusException):
        websocket.create_connection(address, timeout=20, sslopt=trust, origin="https://evil.example")


def test_the_server_keeps_no_address_in_its_log(office: Office) -> None:
    assert PHONE not in office.server.log() and "/t/" not in office.server.log().replace("/t/<token>", "")
