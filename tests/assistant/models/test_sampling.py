from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.models.sampling import draw_token, write_tokens


def logs(*values: float) -> NDArray[np.float32]:
    return np.log(np.array(values, np.float32))


def test_without_temperature_the_likeliest_is_taken() -> None:
    assert {draw_token(logs(0.2, 0.5, 0.3), 0.0, random.Random(seed)) for seed in range(9)} == {1}


def test_tokens_are_drawn_by_their_probability_and_the_unlikely_never() -> None:
    values = logs(0.6, 0.39, 0.01)
    drawn = [draw_token(values, 1.0, random.Random(seed)) for seed in range(400)]
    assert 200 < drawn.count(0) < 280
    assert drawn.count(2) == 0


def test_a_character_of_several_tokens_comes_whole_and_the_end_ends() -> None:
    pieces = [b"A ", "好".encode()[:2], "好".encode()[2:], b"never said"]
    script = [0, 1, 2, 9]

    def following(written: Sequence[int]) -> NDArray[np.float32]:
        wanted = np.full(10, -9.0, np.float32)
        wanted[script[len(written)]] = 0.0
        return wanted

    def write(most: int) -> list[str]:
        return list(
            write_tokens(
                following, pieces.__getitem__, lambda token: token == 9,
                max_tokens=most, temperature=0.0, seed=0,
            )
        )  # fmt: skip

    assert write(9) == ["A ", "好"]
    assert write(1) == ["A "]
