"""The rules of the line and of the room. Standard library only: no web, no database, no clock."""
