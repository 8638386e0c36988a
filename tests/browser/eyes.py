"""What stands on the screen, as light and dark dots, and the QR code in it as a camera reads it."""

import base64
from dataclasses import dataclass

import zxingcpp
from playwright.sync_api import Locator, Page

DOTS = """async (png) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const dots = pen.getImageData(0, 0, image.width, image.height).data;
  const grey = new Uint8Array(dots.length / 4);
  for (let i = 0; i < grey.length; i++) grey[i] = 0.3 * dots[4 * i] + 0.59 * dots[4 * i + 1] + 0.11 * dots[4 * i + 2];
  return [image.width, image.height, grey.toBase64()];
}"""
"""Chromium itself reads the picture: the tests need no library of pictures for it."""


@dataclass(frozen=True)
class Picture:
    """A picture in shades of grey, row by row."""

    width: int
    height: int
    grey: bytes

    def row(self, y: int) -> bytes:
        return self.grey[y * self.width : (y + 1) * self.width]

    def codes(self) -> list[str]:
        """The texts of all QR codes in it."""
        dots = memoryview(self.grey).cast("B", (self.height, self.width))
        return [found.text for found in zxingcpp.read_barcodes(dots)]


def look(what: Page | Locator) -> Picture:
    """A picture of a page or a part of it, as it is painted."""
    png = what.screenshot()
    page = what if isinstance(what, Page) else what.page
    developing = page.context.browser.new_page()  # away from the page's own rules of what may be fetched
    try:
        width, height, grey = developing.evaluate(DOTS, base64.b64encode(png).decode())
    finally:
        developing.close()
    return Picture(width, height, base64.b64decode(grey))
