"""Page -> HTML: templates with every text escaped, one style sheet."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from uptake.publish.edition import Edition
from uptake.publish.figure import stamps
from uptake.publish.pages import Page, place_path

STYLE = "style.css"
SYNTHETIC_NOTE = (
    "People, messages and shares of usage are invented and say nothing on any place; indicators "
    "and documents are as their sources state."
)


def render(page: Page, edition: Edition, made: Sequence[Page]) -> str:
    """Return a page as HTML; ``made`` are all pages of the site, for the navigation."""
    release = edition.release
    text: str = (
        _environment()
        .get_template(page.template)
        .render(
            page=page,
            figures=page.figures,
            release=release,
            level=edition.level,
            description=_description(page, edition),
            synthetic_note=SYNTHETIC_NOTE,
            held={p.path for p in made},
            navigation=[(p.path, p.title) for p in made if "/" not in p.path],
            places=[
                (place_path(place.iso3), place.name)
                for place in release.places
                if any(p.path == place_path(place.iso3) for p in made)
            ],
            root=page.root,
            stylesheet=f"{page.root}{STYLE}",
            charts=f"{page.root}charts/",
            **page.context,
        )
    )
    return text


def fill(template: str, **context: Any) -> str:
    """Return a page that is no part of a release: a template with its own context."""
    return str(_environment().get_template(template).render(**context))


def _description(page: Page, edition: Edition) -> str:
    place = edition.release.region or "the logs given"
    return f"{page.title}: AI adoption in {place}. {' '.join(stamps(edition.release))}".strip()


@cache
def style() -> str:
    """Return the one style sheet."""
    return (files("uptake.publish") / "templates" / STYLE).read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("uptake.publish", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Drawings and the style sheet are our own markup; texts within are escaped where they enter.
    environment.filters["ours"] = Markup
    environment.globals["style"] = style
    environment.globals["stamps"] = stamps
    return environment
