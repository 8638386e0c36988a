"""What all nouns inherit, typed."""

from typing import TYPE_CHECKING

from counter.database import Base, db

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
