"""Conversation -> Messages: who wrote becomes a keyed hash and a few coarse attributes.

Names give an association with a gender and are dropped in the same step; ages become bands,
countries become codes, times become months in UTC. Text is still there, in memory only. A further
attribute is one more module with a pure function of ``Person``, and a column of ``Messages``.
"""

from uptake.pseudonymise.ages import AGE_BANDS, age_band
from uptake.pseudonymise.gender import gender_of
from uptake.pseudonymise.months import months_of
from uptake.pseudonymise.places import place_of
from uptake.pseudonymise.pseudonymiser import Pseudonymiser

__all__ = ["AGE_BANDS", "Pseudonymiser", "age_band", "gender_of", "months_of", "place_of"]
