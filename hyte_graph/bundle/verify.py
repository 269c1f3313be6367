"""Verifying a bundle, offline: its bytes, its signatures, its evidence, its chain, and its verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from hyte_graph.bundle import evidence as evidence_list
from hyte_graph.bundle.check import Check, differs, intact, note
from hyte_graph.bundle.evidence import EvidenceFile, read_list
from hyte_graph.bundle.keys import PublicKey
from hyte_graph.bundle.make import HISTORY
from hyte_graph.bundle.manifest import Manifest, digest
from hyte_graph.bundle.opened import Opened, open_bundle
from hyte_graph.bundle.rerun import rerun_checks
from hyte_graph.bundle.signatures import signature_checks
from hyte_graph.errors import FilingError
from hyte_graph.messages import say
from hyte_graph.store.chain import Chain, Record, read_chain
from hyte_graph.store.knowledge import Knowledge

_SHORT = 16  # digits of a digest that people compare


def verify(
    content: bytes,
    name: str,
    knowledge: Knowledge | None,
    *,
    trusted: Sequence[PublicKey] = (),
    evidence: Sequence[tuple[bytes, str]] = (),
) -> tuple[Check, ...]:
    """Return what was looked at, and what was found.

    Args:
        content: the bytes of the bundle.
        name: what its file is called in sentences.
        knowledge: the law and the rules, to carry out the assessments again; None leaves that out.
        trusted: the public keys of which one must have signed; none accepts any, and says whose it is.
        evidence: files that the reader holds, to compare with those that the bundle names.

    Raises:
        FilingError: the file is no bundle.
    """
    opened = open_bundle(content, name)
    return tuple(dict.fromkeys(_checks(opened, knowledge, trusted, evidence)))


def _checks(
    opened: Opened,
    knowledge: Knowledge | None,
    trusted: Sequence[PublicKey],
    evidence: Sequence[tuple[bytes, str]],
) -> Iterator[Check]:
    yield from opened.faults
    if opened.manifest is None:
        return
    if not opened.faults:
        yield intact("verify-intact", count=len(opened.parts))
    yield from signature_checks(opened, opened.manifest, trusted)
    yield from _evidence_checks(opened, evidence)
    yield from _chain_checks(opened, opened.manifest)
    if knowledge is not None:
        yield from rerun_checks(opened, opened.manifest, knowledge)


def _evidence_checks(opened: Opened, held: Sequence[tuple[bytes, str]]) -> Iterator[Check]:
    """Yield whether the list of evidence fits the files in the bundle, and those that the reader holds."""
    try:
        files = read_list(opened.parts.get(evidence_list.NAME, b"[]"))
    except ValueError:
        yield differs("verify-unreadable", evidence_list.NAME)
        return
    inside = {path for path in opened.parts if path.startswith("evidence/")}
    for item in files:
        if item.part and (item.part not in inside or digest(opened.parts[item.part]) != item.sha256):
            yield differs("verify-evidence-other", item.part, file=item.name)
    yield from (differs("verify-strange", path) for path in sorted(inside - {item.part for item in files}))
    yield from _held(files, held)
    outside = [item for item in files if not item.part]
    if outside and not held:
        yield note("verify-evidence-outside", count=len(outside))


def _held(files: Sequence[EvidenceFile], held: Sequence[tuple[bytes, str]]) -> Iterator[Check]:
    by_digest = {item.sha256: item for item in files}
    for content, name in held:
        found = by_digest.get(digest(content))
        if found:
            yield intact("verify-evidence-same", file=name, name=found.name)
        else:
            yield differs("verify-evidence-unknown", file=name)


def _chain_checks(opened: Opened, manifest: Manifest) -> Iterator[Check]:
    if HISTORY not in opened.parts:
        return
    try:
        chain, records = read_chain(json.loads(opened.parts[HISTORY]))
    except (ValueError, AttributeError, RecursionError):
        yield differs("verify-unreadable", HISTORY)
        return
    broken = chain.broken()
    if broken is None:
        broken = _wrong_record(chain, records, manifest)
    if broken is not None:
        yield differs("verify-chain-broken", HISTORY, number=broken)
        return
    yield intact("verify-chain", count=len(chain.links), head=chain.head[:_SHORT])
    if chain.before:
        yield note("chain-late", before=chain.before)


def _wrong_record(chain: Chain, records: tuple[Record, ...], manifest: Manifest) -> int | None:
    """Return the number of the first record that its link does not stand for, or that is of somebody else."""
    contents = {link.number: link.content for link in chain.links}
    wrong = (
        item.number
        for item in records
        if contents.get(item.number) != item.content() or item.actor not in manifest.descriptions
    )
    return next(wrong, None)


def chain_of(content: bytes, name: str) -> Chain:
    """Return the chain that a bundle holds, as it was when the bundle was made.

    Raises:
        FilingError: no bundle, a damaged one, or one without a chain.
    """
    opened = open_bundle(content, name)
    try:
        if opened.faults:
            raise ValueError(name)
        return read_chain(json.loads(opened.parts[HISTORY]))[0]
    except (KeyError, ValueError, AttributeError, RecursionError) as error:
        raise FilingError(say("bundle-no-chain", name=name)) from error
