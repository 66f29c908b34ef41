"""A text -> what its words and digits mean: sentences, quantities and times as spans of it.

Each language is one file of data, ``catalog/languages/<code>.toml``; nothing of a language is in
the code. All spans are code points of the text as it was given: normalisation happens on a shadow
copy that knows where each of its signs came from.

In: a stored text, its language, and the document's date if it states one. Out: ``Sentence``,
``Quantity`` and ``TimeSpan`` of ``spans``. A language is added as ``docs/how-to/add-a-language.md``
says, a currency's sign in ``catalog/currencies/signs.toml``, an order of day, month and year as one
line of ``time_rules``.
"""
