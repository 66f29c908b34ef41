"""Claims, documents, tables and judgements -> what they say together.

``knowledge`` makes all of it; ``views`` is what the site shows of it. The parts are pure and know
no clock: names (``matching``, ``entities``), copies (``stories``), values (``reconcile``,
``targets``, ``corroborate``), decisions (``judgements``, ``applying``).
"""

from uptake.gather.knowledge.applying import Judged, apply, edit
from uptake.gather.knowledge.entities import sides
from uptake.gather.knowledge.judgements import active, anchor, append, judgement, load
from uptake.gather.knowledge.together import knowledge
from uptake.gather.knowledge.views import views

__all__ = [
    "Judged",
    "active",
    "anchor",
    "append",
    "apply",
    "edit",
    "judgement",
    "knowledge",
    "load",
    "sides",
    "views",
]
