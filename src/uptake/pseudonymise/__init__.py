"""Conversation -> Messages: who wrote becomes a keyed hash and a few coarse attributes.

Names are used for an association with a gender and dropped in the same step; ages become bands,
countries become codes, times become UTC months. Text is still there, in memory only.
"""

from uptake.pseudonymise.ages import AGE_BANDS, age_band
from uptake.pseudonymise.months import month_of
from uptake.pseudonymise.names import gender_of
from uptake.pseudonymise.pseudonymiser import Pseudonymiser

__all__ = ["AGE_BANDS", "Pseudonymiser", "age_band", "gender_of", "month_of"]
