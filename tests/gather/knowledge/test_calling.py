"""What figures are called: a scrap of a sentence or the verb of a plan is no name."""

import pytest
from tests.gather.knowledge.conftest import claim

from uptake.gather.knowledge.calling import called
from uptake.gather.knowledge.comparing import figures


@pytest.mark.parametrize(
    ("quote", "name", "unit", "shown"),
    [
        ("selling information technology worth USD 1 billion abroad", "abroad", "currency", True),
        ("exports of IT services of USD 1 billion", "exports of IT services", "currency", False),
        ("экспорт IT-услуг составил 1 млрд долл.", "составил", "currency", True),
        ("the cost of the portal, USD 1 billion", "cost of the portal", "currency", False),
    ],
)
def test_what_the_catalogue_knows_is_called_by_its_title(
    quote: str, name: str, unit: str, *, shown: bool
) -> None:
    made = claim("d", quote, name=name, unit=unit, currency="USD", value=1e9)
    wanted = {made.id: "Exports of IT services"} if shown else {}
    assert called(figures([made], [])) == wanted


@pytest.mark.parametrize(
    "name", ["hedeflemektedir", "hədəfləyir", "rejalashtirilgan", "жоспарланған", "планируется"]
)
def test_the_verb_of_a_plan_is_shown_as_no_name(name: str) -> None:
    made = claim("d", f"x {name} 5", name=name, indicator=None, value=5, unit="count")
    assert called(figures([made], [])) == {made.id: ""}
    other = claim("d", "farms 5", name="farms", indicator=None, value=5, unit="count")
    assert called(figures([other], [])) == {}


def test_money_is_no_number_of_things() -> None:
    said = {"name": "Start-ups", "indicator": "startups", "value": 1.4e9}
    worth = claim("d", "valued at EUR 1.4 billion", unit="currency", currency="EUR", **said)
    assert called(figures([worth], [])) == {worth.id: ""}
    many = claim("d", "1.4 billion of them", unit="count", **said)
    assert called(figures([many], [])) == {}
