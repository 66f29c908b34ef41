"""The types that travel the path; this package imports nothing else of ours.

Conversation -> Messages -> Labels -> RawCells -> ReleasedCells -> Estimates.
The privacy state is the type: text exists in the first two only.
"""
