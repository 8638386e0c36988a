"""The catalogue's files: what offices send is read into rows, and what they take home is written (R5)."""
