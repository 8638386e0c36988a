"""By what cookies and form tokens are signed: HMAC with SHA-256. Both libraries would take SHA-1, as they always have
(ASVS 11.4.1)."""

from hashlib import sha256

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import Signer


class Cookies(SecureCookieSessionInterface):
    """The session's cookie."""

    digest_method = staticmethod(sha256)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """A page that is only drawn as a picture, beside others that are asked for at the same moment, keeps nothing:
        its answer may come last, and would undo what the others have kept."""
        if "picture" not in request.args:
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Sign the session and, by the only way flask-wtf leaves, the form tokens."""
    app.session_interface = Cookies()
    Signer.default_digest_method = staticmethod(sha256)
