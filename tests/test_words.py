"""Every text in both languages; every browser file vendored, pinned and listed; codes that a camera reads."""

import hashlib
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
import resvg_py
import zxingcpp
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from PIL import Image

from counter import qr

ROOT = Path(__file__).parent.parent


def catalogue(lang: str) -> Catalog:
    with (ROOT / "translations" / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=lang)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every text that the program and the templates show."""
    file = tmp_path_factory.mktemp("words") / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-k", "bilingual",
         "-o", str(file), "."], cwd=ROOT, check=True,
    )  # fmt: skip
    with file.open("rb") as pot:
        return read_po(pot)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_text_has_its_words(wanted: Catalog, lang: str) -> None:
    have = catalogue(lang)
    missing = [m.id for m in wanted if m.id and not ((own := have.get(m.id)) and own.string and not own.fuzzy)]
    assert not missing


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_words_keep_their_figures_and_names(lang: str) -> None:
    for message in catalogue(lang):
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for text in filter(None, texts):
            if message.id:
                assert set(re.findall(r"%\((\w+)\)", str(text))) <= set(re.findall(r"%\((\w+)\)", str(source)))


def test_vietnamese_is_composed_as_keyboards_write_it() -> None:
    import unicodedata

    for message in catalogue("vi"):
        text = str(message.string)
        assert unicodedata.normalize("NFC", text) == text


def test_vendored_files_are_listed_with_version_licence_and_digest() -> None:
    listed = (ROOT / "static" / "vendor" / "VENDORED.md").read_text()
    files = [f for f in (ROOT / "static" / "vendor").rglob("*.js")] + list((ROOT / "static" / "fonts").glob("*.woff2"))
    files += (ROOT / "counter" / "paper" / "fonts").glob("*.ttf")
    assert len(files) >= 8
    for file in files:
        assert file.name in listed, file
        assert hashlib.sha256(file.read_bytes()).hexdigest() in listed, file


def test_the_code_is_one_small_path() -> None:
    drawn = qr.svg(f"https://motcua-phuong-hoa-binh.ninhbinh.gov.vn/t/{secrets.token_urlsafe(16)}")
    assert len(drawn.encode()) <= 5 * 1024
    assert drawn.count("<path") == 1


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "https://motcua-phuong-hoa-binh.ninhbinh.gov.vn"])
def test_a_camera_reads_the_code_back(tmp_path: Path, host: str) -> None:
    address = f"{host}/t/{secrets.token_urlsafe(16)}"
    picture = tmp_path / "code.png"
    picture.write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=qr.svg(address), width=400)))
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(picture))] == [address]
