"""How to cite a release: one line, and BibTeX."""

from uptake.model.release import Release

_BRACES = {"{": "", "}": "", "\\": r"\textbackslash{}"} | {c: f"\\{c}" for c in "&%$#_"}


def _span(release: Release) -> str:
    months = release.quality.months
    if months is None:
        return ""
    return months[0] if months[0] == months[1] else f"{months[0]} to {months[1]}"


def citation(release: Release) -> str:
    """Return one line; the release's id says exactly which figures, so no date is needed."""
    span = _span(release)
    parts = [
        release.title,
        *([f"months {span}"] if span else []),
        f"release {release.id}",
        f"made with uptake {release.version}",
    ]
    notice = f" [{release.synthetic}]" if release.synthetic else ""
    return ", ".join(parts) + f".{notice}"


def bibtex(release: Release) -> str:
    """Return a BibTeX entry; letters that TeX would run are written out."""
    title = "".join(_BRACES.get(letter, letter) for letter in release.title)
    note = "".join(_BRACES.get(letter, letter) for letter in release.synthetic)
    span = _span(release)
    fields = {
        "title": f"{{{title}}}",
        "version": release.id,
        "note": "; ".join(p for p in (f"months {span}" if span else "", note) if p),
        "howpublished": f"Made with uptake {release.version}",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{uptake-{release.id},\n" + ",\n".join(lines) + "\n}"
