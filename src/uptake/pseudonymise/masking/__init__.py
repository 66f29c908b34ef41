"""What an identifier looks like: check digits, numbers, codes and addresses, each in its module.

In: a text, or a run of digits with what stands around it. Out: where identifiers are, and their
types. Countries' own numbers and telephone plans are data, in ``catalog/places``; words beside
which a number is an identifier are in ``catalog/identifiers``. ``pseudonymise.mask`` is the door.
"""
