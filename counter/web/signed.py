"""By what cookies and form tokens are signed: HMAC with SHA-256. Both libraries would take SHA-1, as they always have
(ASVS 11.4.1)."""

from hashlib import sha256

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer


class Cookies(SecureCookieSessionInterface):
    """The session's cookie."""

    digest_method = staticmethod(sha256)


def init_app(app: Flask) -> None:
    """Sign the session and, by the only way flask-wtf leaves, the form tokens."""
    app.session_interface = Cookies()
    Signer.default_digest_method = staticmethod(sha256)
