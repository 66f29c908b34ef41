"""A network as arcs: names below each other, an arc between two that work together.

Drawn as SVG at once: a place for each name needs no layout that a reader could not follow.
"""

from collections.abc import Mapping, Sequence
from html import escape

from uptake.publish.charts import theme
from uptake.publish.charts.render import Panel

ROW = 22
_TOP, _BOTTOM = 8, 8
_DOT = 4.5


def order(ties: Mapping[tuple[str, str], int]) -> list[str]:
    """Return the names so that those who work together stand close: the best tied one first.

    >>> order({("a", "b"): 1, ("b", "c"): 3, ("d", "e"): 1})
    ['b', 'c', 'a', 'd', 'e']
    """
    strength: dict[str, int] = {}
    for (a, b), weight in ties.items():
        for name in (a, b):
            strength[name] = strength.get(name, 0) + weight
    left = sorted(strength, key=lambda name: (-strength[name], name))
    out: list[str] = []
    while left:
        near = dict.fromkeys(left, 0)
        for (a, b), weight in ties.items():
            for one, other in ((a, b), (b, a)):
                if one in near and other in out:
                    near[one] += weight
        best = max(left, key=lambda name: (near[name], strength[name]))
        left.remove(best)
        out.append(best)
    return out


def draw(names: Sequence[str], ties: Mapping[tuple[str, str], int]) -> Panel:
    """Draw an arc for each tie, the thicker the more stories tell it.

    Args:
        names: From the top; each name of ``ties`` once.
        ties: Stories by pair of names.
    """
    height = _TOP + ROW * len(names) + _BOTTOM
    room = theme.PANEL * 0.6
    label = min(room, max((theme.text_width(name) for name in names), default=0.0))
    x = round(label + 14, 1)
    widest = theme.PANEL - x - 6
    at = {name: _TOP + ROW * (number + 0.5) for number, name in enumerate(names)}
    most = max(ties.values(), default=1)
    longest = max((abs(at[a] - at[b]) for a, b in ties), default=1.0)
    parts = []
    for (a, b), weight in sorted(ties.items(), key=lambda tie: tie[1]):
        top, bottom = sorted((at[a], at[b]))
        reach = max(10.0, widest * (bottom - top) / longest)
        width = 1 + 3 * (weight / most) ** 0.5 if most > 1 else 1.5
        # A cubic curve reaches three quarters of the way to its handles.
        handle = round(x + reach * 4 / 3, 1)
        parts.append(
            f'<path d="M{x:g},{top:g}C{handle:g},{top:g} {handle:g},{bottom:g} {x:g},{bottom:g}" '
            f'fill="none" stroke="{theme.ACCENT}" stroke-width="{width:.1f}" '
            f'stroke-opacity="0.65"/>'
        )
    for name in names:
        shown = theme.fitted(name, room)
        parts.append(
            f'<circle cx="{x:g}" cy="{at[name]:g}" r="{_DOT:g}" fill="{theme.ACCENT}"/>'
            f'<text x="{x - 10:g}" y="{at[name] + 4.3:g}" text-anchor="end" '
            f'font-family="{theme.face(shown)}" font-size="{theme.SIZE:g}" fill="{theme.INK}">'
            f"{escape(shown)}</text>"
        )
    return Panel("".join(parts), float(theme.PANEL), float(height))
