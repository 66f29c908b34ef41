"""A text -> what its words and digits mean: sentences, quantities and times as spans of it.

Each language is one file of data, ``catalog/languages/<code>.toml``; nothing of a language is in
the code. All spans are code points of the text as it was given: normalisation happens on a shadow
copy that knows where each of its signs came from.
"""
