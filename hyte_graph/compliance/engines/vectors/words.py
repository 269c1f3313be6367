"""Words in one text of bytes: which are equal, found by sums of whole arrays and proved byte by byte.

Eight bytes of every word are taken together. Words of one sum count as equal only after all their bytes were compared;
where two words share a sum and differ, a dictionary decides instead. So no sum, however weak, gives a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from mmap import mmap
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Sums = NDArray[np.uint64]

PAD = b"\0" * 32
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_ALL = (1 << 64) - 1
_TOP, _ONE = np.uint64(0x8080808080808080), np.uint64(1)
_AT_ONCE = 100_000
_WIDE = len(PAD) // 8
_STEPS = 64  # words of more bytes than eight times this are few, and looked at one by one beyond it
_KEPT = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)  # what of eight bytes belongs to the word


class Words(NamedTuple):
    """Where words start and end in a text that goes on after the last of them, by what is in `PAD` at least."""

    text: bytes | mmap
    starts: Places
    ends: Places

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, places: NDArray[Any] | slice) -> Words:
        """Return some of the words."""
        return Words(self.text, self.starts[places], self.ends[places])

    def pieces(self) -> list[bytes]:
        """Return the bytes of each word."""
        text = self.text
        return [text[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]


def words_of(pieces: Sequence[bytes]) -> Words:
    """Return words one after another in a text of their own."""
    return _in_a_row(pieces, np.fromiter(map(len, pieces), np.int64, len(pieces)))


def packed(words: Words) -> Words:
    """Return words of any places one after another in a text of their own, copied some at a time.

    Words that follow upon one another already are copied together.
    """
    runs = _runs(words)
    lots = (runs.at(slice(start, start + _AT_ONCE)) for start in range(0, len(runs), _AT_ONCE))
    return _in_a_row([b"".join(lot.pieces()) for lot in lots], words.ends - words.starts)


def _runs(words: Words) -> Words:
    first = np.flatnonzero(words.starts[1:] != words.ends[:-1]) + 1
    starts = np.concatenate([[0], first]) if len(words) else first
    return Words(words.text, words.starts[starts], words.ends[np.append(starts[1:], len(words))[: len(starts)] - 1])


def together(every: Sequence[Words]) -> Words:
    """Return the words of several packed texts in one."""
    sizes = [words.ends - words.starts for words in every]
    texts = (memoryview(words.text)[: int(words.ends[-1])] for words in every if len(words))
    return _in_a_row(list(texts), np.concatenate(sizes) if sizes else np.empty(0, np.int64))


def with_changes(words: Words, changes: Mapping[int, bytes]) -> Words:
    """Return packed words with others in some places, which are given in order."""
    sizes, texts, done = words.ends - words.starts, [], 0
    for place, piece in changes.items():
        texts += [words.text[done : words.starts[place]], piece]
        done = int(words.ends[place])
        sizes[place] = len(piece)
    return _in_a_row([*texts, words.text[done : -len(PAD)]], sizes)


def _in_a_row(texts: Sequence[bytes | memoryview], sizes: Places) -> Words:
    ends = np.cumsum(sizes)
    return Words(b"".join([*texts, PAD]), ends - sizes, ends)


def sums_of(words: Words) -> Sums:
    """Return a sum of each word; equal words have equal sums."""
    cut = _cut(words)
    sums = np.empty(len(words), np.uint64)
    sums[cut.order] = _sums(words, cut)
    return sums


def sum_of(word: bytes) -> int:
    """Return the sum of one word, as `sums_of` gives it."""
    found, spread = len(word), int(_SPREAD)
    for start in range(0, min(len(word), 8 * _STEPS), 8):
        found = ((found ^ int.from_bytes(word[start : start + 8], "little")) * spread) & _ALL
        found ^= found >> 32
    return found ^ crc32(word) if len(word) > 8 * _STEPS else found


def letters_of(words: Words) -> Places:
    """Return how many letters each word has as UTF-8: all bytes but those that go on with a letter."""
    cut = _cut(words)
    counts = cut.sizes.copy()
    for column in cut.columns:
        counts[: len(column)] -= np.bitwise_count(column & _TOP & ~(column << _ONE))
    for at in _long(cut):
        counts[at] = len(_bytes(words, cut.order[at]).decode())
    found = np.empty(len(words), np.int64)
    found[cut.order] = counts
    return found


def firsts_of(words: Words) -> NDArray[np.intp]:
    """Return for each word the place of the first that is equal to it."""
    cut = _cut(words)
    leads = _leads(_sums(words, cut))
    if not _are_equal(words, cut, leads):
        return _one_by_one(words)
    found = np.empty(len(words), np.intp)
    found[cut.order] = cut.order[leads]
    return found


def numbered(words: Words) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """Return a number for each word, in the order in which they first come, and where each number comes first."""
    firsts = firsts_of(words)
    is_first = firsts == np.arange(len(firsts))
    return (np.cumsum(is_first, dtype=np.int32) - 1)[firsts], np.flatnonzero(is_first)


class _Cut(NamedTuple):
    """Words in eights of bytes; those with most come first, so that each column is of the first words."""

    order: NDArray[np.intp]
    sizes: Places
    columns: list[Sums]


def _cut(words: Words) -> _Cut:
    sizes = words.ends - words.starts
    steps = np.minimum(sizes + 7 >> 3, _STEPS)
    order = np.argsort((_STEPS - steps).astype(np.uint8), kind="stable")
    sizes, starts = sizes[order], words.starts[order]
    blocks = np.ndarray((max(len(words.text) + 1 - len(PAD), 0),), f"V{len(PAD)}", words.text, 0, (1,))
    ends = len(words) - np.cumsum(np.bincount(steps, minlength=_STEPS))
    columns = []
    for step, end in enumerate(ends[ends > 0].tolist()):
        if step % _WIDE == 0:  # one look fetches four eights
            block = blocks[starts[:end] + 8 * step].view("<u8").reshape(-1, _WIDE)
        found = block[:end, step % _WIDE].copy()
        last = int(ends[step + 1]) if step + 1 < _STEPS else 0  # from here on, words end within this column
        found[last:] &= _KEPT[np.minimum(sizes[last:end] - 8 * step, 8)]
        columns.append(found)
    return _Cut(order, sizes, columns)


def _sums(words: Words, cut: _Cut) -> Sums:
    sums = cut.sizes.astype(np.uint64)
    for column in cut.columns:
        part = sums[: len(column)]
        part ^= column
        part *= _SPREAD
        part ^= part >> _HALF
    for at in _long(cut):
        place = cut.order[at]
        sums[at] ^= np.uint64(crc32(words.text[words.starts[place] : words.ends[place]]))
    return sums


def _long(cut: _Cut) -> Iterable[Any]:
    """Return the places of the words that go on after the last column."""
    return np.flatnonzero(cut.sizes > 8 * _STEPS) if len(cut.columns) == _STEPS else ()


def _leads(sums: Sums) -> NDArray[np.intp]:
    """Return for each place the first with the same sum.

    Each sum goes to the slot that some of its bits name, where the first to come is met by the others. Those who meet
    another sum there try other bits; whoever is left after that is sorted.
    """
    found = np.empty(len(sums), np.intp)
    left = np.arange(len(sums))
    bits = max(len(sums).bit_length() + 1, 8)
    slots = np.empty(1 << bits, np.intp)
    for shift in range(64 - bits, 0, -bits):
        own = sums[left]
        taken = (own >> np.uint64(shift) & np.uint64((1 << bits) - 1)).astype(np.intp)
        slots[taken[::-1]] = left[::-1]  # of several, the last that is written stays
        leads = slots[taken]
        is_same = sums[leads] == own
        found[left[is_same]] = leads[is_same]
        left = left[~is_same]
    if len(left):
        found[left] = left[_sorted_leads(sums[left])]
    return found


def _sorted_leads(sums: Sums) -> NDArray[np.intp]:
    order = np.argsort(sums, kind="stable")
    is_new = np.concatenate([[True], sums[order][1:] != sums[order][:-1]])
    found = np.empty(len(sums), np.intp)
    found[order] = order[np.flatnonzero(is_new)][np.cumsum(is_new) - 1]
    return found


def _are_equal(words: Words, cut: _Cut, leads: NDArray[np.intp]) -> bool:
    """Return whether each word is the one that leads its sum, byte by byte."""
    if not (cut.sizes == cut.sizes[leads]).all():
        return False
    if not all((column == column[leads[: len(column)]]).all() for column in cut.columns):
        return False
    return all(_bytes(words, cut.order[at]) == _bytes(words, cut.order[leads[at]]) for at in _long(cut))


def _bytes(words: Words, place: Any) -> bytes:
    return words.text[words.starts[place] : words.ends[place]]


def _one_by_one(words: Words) -> NDArray[np.intp]:
    known: dict[bytes, int] = {}
    found = (known.setdefault(piece, at) for at, piece in enumerate(words.pieces()))
    return np.fromiter(found, np.intp, len(words))
