"""The hash is SipHash-2-4: the vectors that its authors publish, of whole words."""

import numpy as np
import pytest

from uptake.tally.siphash import siphash

VECTORS = {
    0: "310e0edd47db6f72",
    8: "6224939a79f5f593",
    16: "db9bc2577fcc2a3f",
}


@pytest.mark.parametrize("size", [0, 8, 16])
def test_the_authors_vectors(size: int) -> None:
    """Key 00 to 0f, message 00, 01, and so on; in a row of three, as nothing else may matter."""
    key = np.frombuffer(bytes(range(16)), dtype="<u8").astype(np.uint64)
    words = np.frombuffer(bytes(range(size)), dtype="<u8").astype(np.uint64)
    halves = np.full(3, key[0]), np.full(3, key[1])
    found = siphash(halves, [np.full(3, word) for word in words])
    assert [bytes(it.astype("<u8").tobytes()).hex() for it in found] == [VECTORS[size]] * 3


def test_each_message_has_its_own_key() -> None:
    draw = np.random.default_rng(1)
    low, high, word = draw.integers(0, 2**63, (3, 50), dtype=np.uint64)
    together = siphash((low, high), [word, low])
    for n in range(50):
        alone = siphash((low[n : n + 1], high[n : n + 1]), [word[n : n + 1], low[n : n + 1]])
        assert together[n] == alone[0]
