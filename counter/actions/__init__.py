"""Everything people can do, one verb a function. Each is one transaction that holds its office."""
