"""The way of a record, in the order of the packages; the only place that knows the order.

``logs``: read -> pseudonymise -> label, a file at a time, into Parquet without text.
``usage``: tally -> protect -> estimate.
``evidence``: gather tables and documents.
``build``: all of it for an observatory; ``report``: for some files, without configuration.
"""
