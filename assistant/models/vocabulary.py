"""The vocabulary of a model: from text to tokens."""

from __future__ import annotations

import ctypes

import llama_cpp


class Vocabulary:
    """The tokens of a loaded model, which must outlive it.

    Args:
        handle: the pointer that llama.cpp knows it by.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.size: int = llama_cpp.llama_vocab_n_tokens(handle)

    def tokenize(self, text: str, *, control: bool = False) -> list[int]:
        """The tokens of `text`. Control tokens spelled in it are plain text unless `control`."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 2  # no token is shorter than a byte; some vocabularies add a space
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(
            self._handle, data, len(data), tokens, room, False, control
        )
        return list(tokens[:count])

    def control_token(self, spelling: str) -> int | None:
        """The id of the control token that is spelled so, if there is one."""
        tokens = self.tokenize(spelling, control=True)
        if len(tokens) == 1 and llama_cpp.llama_vocab_is_control(self._handle, tokens[0]):
            return tokens[0]
        return None

    def piece(self, token: int) -> bytes:
        """What a token writes: whole characters or parts of them; nothing for control tokens."""
        room = 32
        while True:
            buffer = ctypes.create_string_buffer(room)
            length = llama_cpp.llama_token_to_piece(self._handle, token, buffer, room, 0, False)
            if length >= 0:
                return buffer.raw[:length]
            room = -length

    def ends(self, token: int) -> bool:
        """Whether a token ends what is being written."""
        return bool(llama_cpp.llama_vocab_is_eog(self._handle, token))

    @property
    def opening(self) -> list[int]:
        """What every text begins with: the BOS token, or nothing."""
        if llama_cpp.llama_vocab_get_add_bos(self._handle):
            return [llama_cpp.llama_vocab_bos(self._handle)]
        return []

    @property
    def end_of_text(self) -> int:
        """The token that ends a text."""
        return int(llama_cpp.llama_vocab_eos(self._handle))
