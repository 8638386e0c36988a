"""Paper for an office, drawn without a browser: a poster to hang up and a leaflet to take along (R8, R9).

`content` says what stands on it, as plain values; `sheet` puts it on pages; `blocks` and `pen` draw. A sheet with the
same content is the same file to the byte, so it is drawn once and kept.
"""
