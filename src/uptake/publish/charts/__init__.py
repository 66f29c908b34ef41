"""Shares and observations in, drawings out: SVG that needs no script, and PNG of the same.

``theme`` holds colours and type, ``dots``, ``lines``, ``strips`` and ``maps`` draw one panel each,
``render`` turns an Altair chart into SVG, ``frame`` puts panels on one sheet for download. A panel
is 360 pixels wide, so that a page can lay panels side by side or, on a phone, below each other.
"""
