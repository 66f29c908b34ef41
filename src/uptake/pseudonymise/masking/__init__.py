"""What an identifier looks like: check digits, numbers, codes and addresses, each in its module.

In: a text, or a run of digits with what stands around it. Out: where identifiers are, and their
types. ``glance`` (over a ``column`` of texts, with the words of ``lexicon``, ``seen_digits``,
``seen_signs`` and ``characters`` that stand for others) and ``windows`` tell where to look at all;
``shadow`` and the modules that write one (``fold``, ``signs``, ``spoken``, ``joints``) undo
disguises. Countries' own numbers and telephone plans are data, in ``catalog/places``; words beside
which a number is an identifier, and words for signs, are in ``catalog/identifiers``, words for
numbers in ``catalog/languages``. ``pseudonymise.mask`` is the door.
"""
