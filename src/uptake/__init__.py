"""uptake measures how a country adopts artificial intelligence.

Conversation logs, documents and indicator tables go in; a published observatory with private
aggregates, intervals and sources comes out. Start reading at `uptake.flow`.
"""

__version__ = "0.1.0"
