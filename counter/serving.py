"""What the server in front of the application does with who does not speak HTTP as it is spoken: it is their fault,
said with a 4xx or a closed line, and never an error of ours. Hooked in by `gunicorn.conf.py`.
"""

from errno import ECONNRESET
from typing import Any

from gunicorn.http.errors import InvalidHeader, ParseException, UnsupportedTransferCoding

PATIENCE = 30.0
"""Seconds without a byte in the middle of what is being sent; after that nobody is waited for."""


def read_patiently(request: Any) -> None:
    """Read this request's body so that one that is broken, or does not come, reads as a line that was cut."""
    request.body.reader = _Body(request.body.reader, request.unreader.sock)


def blame_the_sender(worker: Any) -> None:
    """Answer an encoding that we do not know with 400, as all else that can't be read; the server would say 501."""
    handle = worker.handle_error

    def handle_error(request: Any, client: Any, address: Any, error: BaseException) -> None:
        unknown = isinstance(error, UnsupportedTransferCoding)
        handle(request, client, address, InvalidHeader("TRANSFER-ENCODING") if unknown else error)

    worker.handle_error = handle_error


class _Body:
    """Reads a body as another reader does."""

    def __init__(self, reader: Any, line: Any) -> None:
        self.reader, self.line = reader, line

    def read(self, size: int) -> bytes:
        """The next bytes. Raises ConnectionResetError where they can't be read, or do not come."""
        self.line.settimeout(PATIENCE)
        try:
            return self.reader.read(size)  # type: ignore[no-any-return]
        except (ParseException, TimeoutError) as error:
            raise ConnectionResetError(ECONNRESET, f"broken body: {error}") from error
        finally:
            self.line.settimeout(None)
