"""Claims for readers: a release's knowledge goes in, quotes, words and tables come out.

``archive`` finds claims by place, document and story, ``wording`` says what a claim claims,
``quotes`` puts both beside the sentence that it rests on, ``taken`` gathers what claims say
together for one page, and ``tables`` are the files. What words are used is data: ``words.toml``.
"""
