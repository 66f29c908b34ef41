"""observatory.toml -> Config: the only reader of settings, and what each one means.

An unknown setting is refused everywhere: most often it is a misspelt one.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from uptake.model.endpoint import Endpoint
from uptake.model.errors import ConfigError
from uptake.model.mapping import ColumnMapping
from uptake.model.perhead import Denominator
from uptake.model.protected import ProtectedPlaces

if TYPE_CHECKING:
    from uptake.protect import Thresholds

FILE = "observatory.toml"


class Observatory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is published.

    Attributes:
        title: Heading of the site.
        notice: Printed on every page and in every file; empty for none.
    """

    title: str
    notice: str = ""


class Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which places.

    Attributes:
        name: As shown.
        places: ISO 3166-1 alpha-3 codes, in the order in which they are shown.
        comparators: Likewise, shown beside the region where a table has them.
    """

    name: str
    places: tuple[str, ...]
    comparators: tuple[str, ...] = ()


class Logs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Conversation logs.

    Attributes:
        folder: Where they lie, relative to the file.
        quarantine_warning: Above this share of rejected records a build warns (exit state 2).
        quarantine_limit: Above this share it refuses (exit state 3).
        columns: How to read tabular files, one mapping each.
    """

    folder: str = "logs"
    quarantine_warning: float = 0.01
    quarantine_limit: float = 0.05
    columns: tuple[ColumnMapping, ...] = ()


class Usage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How usage is counted.

    Attributes:
        messages_cap: Most messages of one person counted in one month.
        labeller: Name of the labeller; ``none`` counts who wrote, when and where, and nothing else;
            ``llm`` is the language model of ``llm``.
        splits: By which dimensions figures are split, such as ``place+month``; empty for the
            default list.
        denominator: Whose usage places' usage per head is a share of, on pages: ``located`` leaves
            out what has no place, ``all`` keeps it. The files have both.
        gold: A labelled sample of the counted messages, relative to the file; empty for none.
        llm: The language model that labels, if one does.
    """

    messages_cap: int = 30
    labeller: str = "shipped"
    splits: tuple[str, ...] = ()
    denominator: Denominator = "located"
    gold: str = ""
    llm: Endpoint | None = None


class Privacy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The door.

    Attributes:
        mode: ``internal`` for closed use, ``public`` for a release.
        min_people: Fewest distinct people of a published cell.
        min_conversations: Fewest distinct conversations of a published cell.
        attacked: Which withheld cells are attacked by linear programs, in internal mode: ``small``
            ones, or ``all``.
        since: First month that public mode releases, ``2025-01``.
        until: Last month that it releases: one that is over, as a released month is frozen.
        budget: Most epsilon of a person's year, in public mode.
        cells: Most distinct cells that a person counts in a month, in public mode.
        messages: Most messages that a person counts with in a month, in public mode.
        people_noise: Scale of the noise on counts of people, which decide what is published.
        messages_noise: On counts of messages by place, age band and gender together.
        margins_noise: On counts of messages by place, by age band, and by gender.
        totals_noise: On counts of messages of the whole region.
        volumes_noise: On the numbers of all messages by place, age band and gender together.
        heads_noise: On the numbers of people that are published.
        moments_noise: On sums of squares, which tell how people's messages cluster.
        withheld_places: Places of the region whose people count in no figure and no total.
        coarsened_places: Places of the region whose people count as being at an unknown place.
    """

    mode: Literal["internal", "public"] = "internal"
    min_people: int = 10
    min_conversations: int = 20
    attacked: Literal["small", "all"] = "small"
    since: str = ""
    until: str = ""
    budget: float = 8.0
    cells: int = 8
    messages: int = 5
    people_noise: float = 45.0
    messages_noise: float = 120.0
    margins_noise: float = 105.0
    totals_noise: float = 120.0
    volumes_noise: float = 50.0
    heads_noise: float = 20.0
    moments_noise: float = 1000.0
    withheld_places: tuple[str, ...] = ()
    coarsened_places: tuple[str, ...] = ()


class Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Indicator tables.

    Attributes:
        catalogue: Names of tables in the catalogue; ``*`` for all.
        folder: Where the observatory's own tables lie.
    """

    catalogue: tuple[str, ...] = ("*",)
    folder: str = "tables"


class Documents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Documents and what they claim.

    Attributes:
        folder: Where they lie.
        confidence: Claims that nobody has judged are published from this confidence on; at 1 only
            accepted ones are.
        judgements: Decisions of analysts, relative to the file.
        llm: A language model that proposes further claims; none if left out.
    """

    folder: str = "documents"
    confidence: float = 0.5
    judgements: str = "judgements.jsonl"
    llm: Endpoint | None = None


class Index(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Composite indices.

    Attributes:
        specs: Names of the catalogue, or files (``.toml``) relative to the file.
    """

    specs: tuple[str, ...] = ()


class Programmes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Programmes that are evaluated.

    Attributes:
        files: Their descriptions (``.toml``), relative to the file.
    """

    files: tuple[str, ...] = ()


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of one observatory."""

    observatory: Observatory
    region: Region
    logs: Logs = Logs()
    usage: Usage = Usage()
    privacy: Privacy = Privacy()
    tables: Tables = Tables()
    documents: Documents = Documents()
    index: Index = Index()
    programmes: Programmes = Programmes()

    @property
    def thresholds(self) -> "Thresholds":
        """Return what a published cell of internal mode needs."""
        from uptake.protect import Thresholds

        privacy = self.privacy
        return Thresholds(privacy.min_people, privacy.min_conversations, privacy.attacked)

    @property
    def told_places(self) -> tuple[str, ...]:
        """Return the places of the region that have figures of their own."""
        return tuple(p for p in self.region.places if p not in self.protected.all)

    @property
    def protected(self) -> ProtectedPlaces:
        """Return the places without a figure of their own."""
        from uptake.protect import protected_places

        privacy = self.privacy
        return protected_places(
            privacy.withheld_places, privacy.coarsened_places, self.region.places
        )


def read(folder: Path) -> Config:
    """Read the settings of an observatory.

    Raises:
        ConfigError: The file is missing, is no TOML, or a setting is unknown or out of range.
    """
    path = folder / FILE
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file; make one with: uptake new {folder}")
    try:
        config = msgspec.toml.decode(path.read_bytes(), type=Config)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        where = str(error).replace(" - at `$.", " at `")
        raise ConfigError(f"{path}: {where}; see the comments that `uptake new` writes") from None
    return _checked(config, path)


def _checked(config: Config, path: Path) -> Config:
    from uptake.catalog.gazetteer import known_places

    for name, codes in (
        ("region.places", config.region.places),
        ("region.comparators", config.region.comparators),
    ):
        for code in codes:
            if code not in known_places():
                raise ConfigError(f"{path}: {name} has {code!r}, which is no ISO 3166-1 code")
        if len(set(codes)) != len(codes):
            raise ConfigError(f"{path}: {name} names a place twice; name each once")
    if not config.region.places:
        raise ConfigError(f"{path}: region.places is empty; name at least one place")
    try:
        _check_usage(config.usage)
        _ = config.thresholds
        _check_documents(config.documents)
        _ = config.protected
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None
    logs = config.logs
    if not 0 <= logs.quarantine_warning <= logs.quarantine_limit <= 1:
        raise ConfigError(
            f"{path}: 0 <= logs.quarantine_warning <= logs.quarantine_limit <= 1 does not hold; "
            "both are shares of all records"
        )
    return config


def _check_usage(usage: Usage) -> None:
    """Refuse what can not be counted, before anything is read for it."""
    from uptake.label import labellers
    from uptake.tally import split

    if usage.messages_cap < 1:
        raise ConfigError(f"usage.messages_cap is {usage.messages_cap}; set it to 1 or more")
    if usage.labeller not in (known := (*sorted(labellers()), "llm", "none")):
        raise ConfigError(f"usage.labeller is {usage.labeller!r}; there is: {', '.join(known)}")
    for name in usage.splits:
        split(name)
    if usage.labeller == "llm" and usage.llm:
        usage.llm.permitted()


def _check_documents(documents: Documents) -> None:
    if not 0 <= documents.confidence <= 1:
        raise ConfigError(
            f"documents.confidence is {documents.confidence:g}; it is a share between 0 and 1"
        )
    if documents.llm:
        documents.llm.permitted()
