"""Take the paper's pictures, for the docs and for the manager's page: `python -m tools.paper_pictures`."""

from pathlib import Path

from PIL import Image

from counter.paper.sheet import leaflet, poster
from tests.paper_sample import FULL, pictures

ROOT = Path(__file__).parent.parent
SMALL, BETWEEN = 420, 24
"""Dots: the width of the manager's page's pictures; between the two sides of the leaflet."""
GROUND = (207, 203, 194)


def main() -> None:
    """The poster, and both sides of the leaflet."""
    poster_page, sides = pictures(poster(FULL, "a4"), 5)[0], pictures(leaflet(FULL), 5)
    keep(poster_page, ROOT / "docs" / "pictures" / "poster.png")
    keep(beside(sides), ROOT / "docs" / "pictures" / "leaflet.png")
    for name, page in (("poster", poster_page), ("leaflet", sides[0])):
        keep(page.resize((SMALL, SMALL * page.height // page.width)), ROOT / "static" / "pictures" / f"{name}.png")


def beside(sides: list[Image.Image]) -> Image.Image:
    """Two sides next to each other, on a ground that shows where the paper ends."""
    width = sum(side.width for side in sides) + BETWEEN * (len(sides) + 1)
    table = Image.new("RGB", (width, sides[0].height + 2 * BETWEEN), GROUND)
    for n, side in enumerate(sides):
        table.paste(side, (BETWEEN + n * (side.width + BETWEEN), BETWEEN))
    return table


def keep(picture: Image.Image, file: Path) -> None:
    """As small as its few colours allow."""
    file.parent.mkdir(exist_ok=True)
    picture.quantize(240, kmeans=2, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
