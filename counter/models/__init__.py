"""The nouns, one file each, with their queries. Importing the package knows all tables."""

from counter.models import counter, history, office, operation, presence, series, service, staff, ticket

__all__ = ["counter", "history", "office", "operation", "presence", "series", "service", "staff", "ticket"]
