"""Take the screens' pictures for the README, as they are: `make pictures`, or `python -m tools.pictures`.

A server of its own on a fresh demo office is started for it, filled like a weekday morning, and stopped again.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium, people
from tests.browser.people import Staff, Ticket
from tests.browser.screens import DESK, KIOSK, PHONE, TABLET, WALL, Screens, Size, live
from tests.server import Server

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
FINISHED, CALLED, CAME_IN, WAITING = "CDABG", ((2, "B"), (5, "D"), (3, "C"), (6, "G")), "AABE", "AKBHABCKAAGEB"
CAME_FOR = {"A": "1.001193", "B": "2.000815"}
"""Registering a birth, certifying a copy: what those who wait in these lines came for."""


def main() -> None:
    """Start, fill, take the pictures, stop."""
    program = chromium.program()
    if program is None:
        raise SystemExit("no Chromium: set CHROMIUM, or install the package chromium-headless-shell")
    with tempfile.TemporaryDirectory(prefix="luot-pictures-") as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.prepare()
        server.start()
        try:
            screens = Screens(playwright.chromium.launch(executable_path=program, args=chromium.FLAGS), server)
            take_all(screens, *a_morning(server))
            screens.close()
        finally:
            server.stop()


def a_morning(server: Server) -> tuple[Ticket, Ticket]:
    """Some are done, some at the counters, some wait; returns the tickets of two who wait, the second tries online."""
    staff = Staff(server)
    for letter in FINISHED:
        people.take(server, letter)
        staff.serve(people.COUNTER_OF[letter])
    for counter, letter in CALLED:
        people.take(server, letter)
        called = staff.call(counter)
        if counter in (2, 5):
            staff.begin(counter, called)
    for letter in CAME_IN:
        staff.let_in(people.take(server, letter))
    for n, letter in enumerate(WAITING):
        came_for = {"procedure": errand(server, CAME_FOR[letter])} if letter in CAME_FOR else {}
        people.take(server, letter, priority_class=str(n % 4 or ""), party_size=str(1 + (n % 5 == 2)), **came_for)
    waits, tries = (
        people.take(server, "A", procedure=errand(server, CAME_FOR["A"]), papers="all", trying=trying)
        for trying in ("", "1")
    )
    return waits, tries


def errand(server: Server, code: str) -> str:
    """The id of a procedure of the demo's catalogue."""
    return str(people.rows(server, "SELECT id FROM procedure WHERE code = ?", code)[0][0])


def take_all(screens: Screens, waits: Ticket, tries: Ticket) -> None:
    """One picture a screen: who stands before it sees this."""
    screens.staff.call(1)
    picture(screens, "display", "/offices/demo/display", WALL)
    picture(screens, "desk", "/counters/1", DESK, "quay1")
    picture(screens, "door", "/offices/demo/door", TABLET, "huongdan")
    picture(screens, "phone", waits.path, PHONE)
    picture(screens, "trying", tries.path, PHONE)
    picture(screens, "kiosk", "/offices/demo/kiosk", KIOSK)
    came_for = f"/offices/demo/kiosk?procedure={errand(screens.server, CAME_FOR['A'])}"
    picture(screens, "errand", came_for, KIOSK, live_panel=False)
    picture(screens, "ways", f"{came_for}&papers=all", KIOSK, live_panel=False)
    picture(screens, "sign", "/offices/demo/door/sign", WALL)
    picture(screens, "room", "/offices/demo/settings/room", TABLET, "quanly", live_panel=False)
    picture(screens, "home", "/", TABLET)
    devices(screens)
    for name, path in (("settings", ""), ("people", "/people"), ("audit", "/audit")):
        picture(screens, name, f"/offices/demo/settings{path}", TABLET, "quanly", live_panel=False)
    picture(screens, "services", "/offices/demo/settings/services", DESK, "quanly", live_panel=False)
    picture(screens, "overview", "/overview", DESK, "quantri")


def devices(screens: Screens) -> None:
    """Let a kiosk and a lobby screen in, and show how they are."""
    manager = screens.open("/offices/demo/settings/devices", TABLET, "quanly", reduced_motion="reduce")
    for kind, name, size in (("kiosk", "Máy lấy số ở cửa vào", KIOSK), ("display", "Màn hình sảnh", WALL)):
        device = screens.open("/device", size)
        if kind == "kiosk":
            device.screenshot(path=FOLDER / "pairing.png")
        manager.goto(manager.url)
        if not manager.locator("#device-code").is_visible():
            manager.locator("details.change > summary").last.click()
        manager.locator("#device-code").fill(device.locator(".pairing-code").inner_text())
        manager.locator("#device-name").fill(name)
        manager.locator("#device-kind").select_option(kind)
        manager.locator("#device .button-primary").click()
        device.wait_for_url("**/offices/demo/**")
        live(device)
    manager.goto(manager.url, wait_until="networkidle")  # With what people see, beside the forms.
    manager.screenshot(path=FOLDER / "devices.png")


def picture(
    screens: Screens, name: str, path: str, size: Size, user: str | None = None, *, live_panel: bool = True
) -> None:
    """A picture of what stands at an address, when it is alive and still."""
    page = screens.open(path, size, user, reduced_motion="reduce")
    if live_panel:
        live(page)
    else:
        page.wait_for_load_state("networkidle")  # What people see, drawn small beside a setting, comes after it.
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
