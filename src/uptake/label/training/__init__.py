"""How the shipped weights come about: labelled messages and sentences in, weights and a card out.

Nothing here runs when messages are labelled; ``python -m uptake.label.train`` is the way in.
"""
