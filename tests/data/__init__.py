"""Catalogues as offices have them: what each file is, and what is wrong with it, stands in README.md."""

from pathlib import Path

HERE = Path(__file__).parent
REAL, DIRTY, SEMICOLON = (HERE / f"procedures{kind}.csv" for kind in ("", "-dirty", "-semicolon"))
