"""Samples to begin with: a commune's desk and a province's, as files like any other. The names of services, classes and
hours are what such offices have; each office sets its own after that."""

from pathlib import Path

from counter.officefile.reading import Plain, read

SAMPLES = ("commune", "province")


def sample(name: str) -> Plain:
    """One of SAMPLES, read afresh: whoever gets it may change it."""
    return read((Path(__file__).parent / f"{name}.json").read_bytes())
