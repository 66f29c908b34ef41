"""Closed forms: who writes and in which language does not depend on how much, so needs no draw."""

import numpy as np
from numpy.typing import NDArray

from uptake.model.labels import LANGUAGES
from uptake.testing.people import GENDERS
from uptake.testing.spec import BANDS, MINOR, Spec

Floats = NDArray[np.float64]

ATTRIBUTES = ("place", "age_band", "gender")
SECOND = 0.3
"""Expected share of messages in the second language of a person who has one."""


def joint(spec: Spec, stated: tuple[str, ...]) -> Floats:
    """Return the share of people by place, then the shown place, age band and gender.

    Shape (places, places + 1, bands + 1, 3), ``unknown`` last; people who show an age under 18
    are left out, so it sums to less than 1.
    """
    places = list(spec.places.values())
    weight = np.array([p.weight for p in places])
    weight = weight / weight.sum()
    missing = spec.missing
    nameless = missing.name * (1 - missing.stated_gender)
    seen = {"place": missing.country, "age_band": missing.birth_year, "gender": nameless}
    lost = [seen[name] if name in stated else 1.0 for name in ATTRIBUTES]
    table = np.zeros((len(places), len(places) + 1, len(BANDS) + 1, len(GENDERS) + 1))
    for index, place in enumerate(places):
        ages = np.array([place.ages.get(band, 0.0) for band in BANDS])
        where = _shown(np.eye(len(places))[index], lost[0])
        age = _shown(ages / ages.sum(), lost[1])
        gender = _shown(np.array([place.feminine, 1 - place.feminine]), lost[2])
        table[index] = weight[index] * np.einsum("p,a,g->pag", where, age, gender)
    table[:, :, BANDS.index(MINOR)] = 0
    return table


def languages(spec: Spec) -> Floats:
    """Return the expected share of messages in each language, by place: (places, languages)."""
    found = np.zeros((len(spec.places), len(LANGUAGES)))
    for index, place in enumerate(spec.places.values()):
        main = np.array([place.languages.get(code, 0.0) for code in LANGUAGES])
        main = main / main.sum()
        left = 1 - main
        # The second language is drawn from what the main one leaves.
        second = np.array(
            [
                sum(
                    main[m] * main[other] / left[m]
                    for m in range(len(main))
                    if m != other and left[m] > 0
                )
                for other in range(len(main))
            ]
        )
        if (left <= 0).any():
            second = main
        share = place.switching * SECOND
        found[index] = (1 - share) * main + share * second
    return found


class Composition:
    """Who writes in a population, and in which language."""

    def __init__(
        self, spec: Spec, stated: tuple[str, ...], words: dict[str, tuple[str, ...]]
    ) -> None:
        """Take the population, what records say of people, and the values of each dimension."""
        self._people, self._languages = joint(spec, stated), languages(spec)
        self._words = words

    def share(self, key: dict[str, str]) -> float | None:
        """Return the expected share of a facet that tells who writes or in which language.

        It is the share of messages and the mean share of a person's messages alike, and the reach
        too where the facet is an attribute of a person. None where there is no closed form: other
        facets, and groups by language.
        """
        split = key["split"].split("+")
        if key["facet"] not in (*ATTRIBUTES, "language") or "language" in split:
            return None
        at: list[int | slice] = [slice(None)]
        at += [self._words[d].index(key[d]) if d in split else slice(None) for d in ATTRIBUTES]
        group = self._people[tuple(at)]
        if key["facet"] == "language":
            by_place = group.reshape(len(self._languages), -1).sum(axis=1)
            spoken = self._languages[:, LANGUAGES.index(key["value"])]
            return float(by_place @ spoken / by_place.sum())
        value = self._words[key["facet"]].index(key["value"])
        at[1 + ATTRIBUTES.index(key["facet"])] = value
        return float(self._people[tuple(at)].sum() / group.sum())


def _shown(weights: Floats, lost: float) -> Floats:
    return np.append(weights * (1 - lost), lost)
