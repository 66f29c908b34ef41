"""A wrong setting is refused before anything is read, by the name of its file and what there is."""

from pathlib import Path

import pytest

from uptake import config
from uptake.model.errors import ConfigError

HEAD = '[observatory]\ntitle = "t"\n[region]\nname = "r"\nplaces = ["KAZ"]\n'


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('[usage]\nlabeller = "gpt"', "there is: shipped, llm, none"),
        ("[usage]\nmessages_cap = 0", "usage.messages_cap is 0"),
        ('[usage]\nsplits = ["place+town"]', "'town'"),
        ('[usage]\ndenominator = "some"', "usage.denominator"),
        ("[privacy]\nmin_people = 3", "privacy.min_people is 3"),
        ("[documents]\nconfidence = 1.5", "documents.confidence is 1.5"),
        ('[documents.llm]\nurl = "https://example.org/v1"\nmodel = "m"', "allow_remote"),
        ("[documents]\ncolour = 1", "colour"),
    ],
)
def test_a_wrong_setting_names_its_file_and_the_mend(
    tmp_path: Path, setting: str, said: str
) -> None:
    (tmp_path / config.FILE).write_text(HEAD + setting, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        config.read(tmp_path)
    assert str(tmp_path / config.FILE) in str(refused.value)
    assert said in str(refused.value)
