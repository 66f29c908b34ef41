"""Compose texts with disguised identifiers, as people who fear a filter type them.

In: sentences and words written by hand (`frames.toml`, `words.toml`), a seed. Out:
`tests/data/masking/adversarial.jsonl`. A new language is a new table in both files.
"""
