"""Indicators by place -> composite scores, ranks with intervals, and what they hang on.

In goes a spec (``spec.read_spec``) and a table of numbers (``problem.Problem``); out come the
table of every step (``chain.build``), rank intervals (``uncertainty.simulate``), Sobol indices and
removals (``sensitivity``) and warnings in words (``diagnose``). All are pure functions on arrays
whose last two axes are places and indicators. A new method is a function and a line in the dict
of its module (``METHODS``), and its name in the Literal of ``spec``.

Methods and names are those of the COINr package (Becker et al. 2022, JOSS 7(78), 4567) and of the
OECD/JRC Handbook on Constructing Composite Indicators (2008).
"""
