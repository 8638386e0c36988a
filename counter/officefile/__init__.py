"""An office as one JSON file: what may stand in it, and what is wrong with one. It knows no database."""
