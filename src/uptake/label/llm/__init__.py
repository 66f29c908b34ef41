"""Masked messages -> probabilities, by a language model behind a chat-completions endpoint.

In: masked turns (``Masked`` and nothing else, checked when it runs as well as by the type checker)
with what each follows. Out: for every message of a person the probabilities of its intent, work
and topic, and why a message got none. Language is not asked for: the shipped labeller detects it.

``prompt`` says what is asked, ``client`` asks and asks again, ``answers`` and ``logprobs`` read
what comes back, ``cache`` keeps labels, ``forecast`` says beforehand what it will cost, and
``labeller`` puts them together. One message is one request: none can touch another's label.
"""

CODES = {
    "llm-no-answer": "The language model gave no answer in time, after all attempts.",
    "llm-invalid-answer": "The language model answered twice with something that is no label.",
    "llm-refused-message": "The endpoint refused this message's request (too long, filtered).",
}
"""Why a message got no label of the language model, with one sentence each."""
