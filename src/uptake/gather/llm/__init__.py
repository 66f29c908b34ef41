"""Passages -> claims by a language model: proposals, each verified in the words of its document.

The model sees public text only, and what it says counts for nothing by itself: a quote must stand
in the passage sign for sign, every number must be one that the grammar reads in the quote's
sentences, every name must stand there, and words of kind are of closed lists. Whatever fails is
dropped and counted. ``prompt`` says what is asked, ``verify`` holds an answer against the text,
``extractor`` asks, keeps and puts together.
"""

CODES = {
    "llm-claim-form": "The language model gave a claim with an unknown type, field or value.",
    "llm-claim-quote": "The language model gave a quote that does not stand in the document.",
    "llm-claim-number": "The language model gave a number that the quote's sentence lacks.",
    "llm-claim-name": "The language model gave a name that its quote's sentence does not hold.",
    "llm-claim-place": "The language model gave a place that the document does not name.",
    "llm-claim-time": "The language model gave a time that its quote's sentence does not state.",
    "llm-passage-unread": "The language model gave no valid answer about a passage.",
}
"""Why a claim of the language model, or a passage, was dropped."""
