"""Of which kinds identifiers may stand somewhere: a sum of bits, so that arrays can hold it."""

PLAIN = 1
"""Written as they are; the finders of these are cheap and run on all that is read."""

CHARACTERS = 2
"""With characters that stand for others, or letter by letter."""

SIGNS = 4
"""With an at-sign in words or apart."""

LINKS = 64
"""With the dots, slashes or underscores of a link in words or apart."""

NUMBERS = 8
"""With numbers in words."""

JOINTS = 16
"""With signs between the digits of a number that a word announces."""

NAMES = 32
"""Names, behind an introduction."""

DISGUISED = CHARACTERS | SIGNS | LINKS | NUMBERS | JOINTS
"""All kinds that a shadow of the text shows."""

EVERYTHING = DISGUISED | PLAIN | NAMES
"""What may stand in a text that was not looked at."""
