"""The analyst's desk: proposed claims and masked messages in, judgements and labels out.

A local web application. It knows the types of claims and of masked text, and nothing of where they
come from: ``uptake.flow.desk`` hands in ``Sources``, so that no person's record and no extractor
can be reached from here. A new page is one module with a ``router`` and one line in ``ROUTERS``.
"""
