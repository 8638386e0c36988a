"""Make the paper's typeface from the browser's: one whole TTF a weight (`python -m tools.paper_fonts`).

The browser's files are two subsets a weight (Latin, Vietnamese). A PDF wants one file that has both. Only the outlines,
their widths and the names are kept: a printer needs no hints, and the paper sets each letter as it comes. Made once;
the files are in `counter/paper/fonts`, which is not served.
"""

import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
SOURCE, TARGET = ROOT / "static" / "fonts", ROOT / "counter" / "paper" / "fonts"
WEIGHTS = {400: "Regular", 700: "Bold"}
SUBSETS = ("latin", "vietnamese")
NOT_FOR_PAPER = ("GDEF", "GPOS", "GSUB", "cvt ", "fpgm", "prep", "gasp")


def main() -> None:
    """Make both weights."""
    for weight, name in WEIGHTS.items():
        with tempfile.TemporaryDirectory() as folder:
            halves = [_half(weight, subset, Path(folder)) for subset in SUBSETS]
            whole = Merger().merge([str(half) for half in halves])
        _same_moment(whole, weight)
        whole.save(TARGET / f"BeVietnamPro-{name}.ttf")


def _half(weight: int, subset: str, folder: Path) -> Path:
    font = TTFont(SOURCE / f"be-vietnam-pro-{subset}-{weight}-normal.woff2")
    for table in NOT_FOR_PAPER:
        if table in font:
            del font[table]
    for glyph in font["glyf"].glyphs.values():
        glyph.removeHinting()
    font.flavor = None
    font.save(folder / f"{subset}.ttf")
    return folder / f"{subset}.ttf"


def _same_moment(whole: TTFont, weight: int) -> None:
    """The same bytes whenever it is made."""
    source = TTFont(SOURCE / f"be-vietnam-pro-latin-{weight}-normal.woff2")
    whole["head"].created, whole["head"].modified = source["head"].created, source["head"].modified
    whole.recalcTimestamp = False


if __name__ == "__main__":
    main()
