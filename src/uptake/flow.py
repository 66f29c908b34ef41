"""The way of a record. Read this file first: each line is one package, in order."""
