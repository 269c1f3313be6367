"""Making a bundle: the same inputs give the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hyte_graph.bundle import evidence as evidence_list
from hyte_graph.bundle.container import LARGEST, MOST_PARTS, pack
from hyte_graph.bundle.evidence import EvidenceFile
from hyte_graph.bundle.keys import SigningKey, part_names
from hyte_graph.bundle.manifest import NAME, Asked, Manifest, digest, plain
from hyte_graph.bundle.parts import MIMETYPE, Made, parts_of
from hyte_graph.bundle.versions import versions_here
from hyte_graph.errors import FilingError, UsageError
from hyte_graph.intake.overlay import File
from hyte_graph.languages import LANGUAGES
from hyte_graph.messages import say
from hyte_graph.store.chain import chain_value
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.linking import Soundness

README = "README.txt"
VERSIONS = "versions.json"
HISTORY = "history.json"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What goes into a bundle beside the descriptions and what follows from them."""

    keys: Sequence[SigningKey] = ()
    evidence: Sequence[EvidenceFile] = ()
    contents: Mapping[str, bytes] | None = None  # of the evidence that is attached, by part
    history: Soundness | None = None


def bundle(
    descriptions: Sequence[Sequence[File]], asked: Asked, knowledge: Knowledge, enclosed: Enclosed | None = None
) -> bytes:
    """Return the bundle of some descriptions, each with the files of what others judged of it.

    Raises:
        FilingError: a description is not sound, or the saved assessments are not as they were saved.
        UndecidedError: the checks could not be carried out.
        UsageError: two descriptions of one organisation, or more than a bundle can hold.
    """
    with_it = enclosed or Enclosed()
    made = sorted((parts_of(given, asked, knowledge) for given in descriptions), key=lambda item: item.organisation)
    _check_distinct(made)
    parts = common_parts(asked.engine)
    for item in made:
        parts |= item.parts
    parts |= _evidence(with_it) | _history(with_it.history, {item.organisation for item in made})
    parts |= {part_names(key.public.fingerprint)[0]: key.public.pem for key in with_it.keys}
    described = {item.organisation: item.described for item in made}
    return _packed(Manifest(asked, described), parts, with_it.keys)


def common_parts(engine: str) -> dict[str, bytes]:
    """Return the parts that every bundle of these versions has."""
    text = "\n\n".join(say("bundle-readme").within(language).strip() for language in LANGUAGES)
    return {README: f"{text}\n".encode(), VERSIONS: plain(versions_here(engine))}


def _packed(manifest: Manifest, parts: Mapping[str, bytes], keys: Sequence[SigningKey]) -> bytes:
    """Return the file: its type first, then the manifest and its signatures, then the other parts by name."""
    type_name, type_content = MIMETYPE
    rest = dict(sorted(parts.items()))
    signers = {key.public.fingerprint: key for key in keys}
    sums = {name: digest(content) for name, content in ({type_name: type_content} | rest).items()}
    content = replace(manifest, keys=tuple(sorted(signers)), parts=sums).content()
    signatures = {part_names(name)[1]: key.sign(content) for name, key in sorted(signers.items())}
    whole = {type_name: type_content, NAME: content} | signatures | rest
    if len(whole) > MOST_PARTS or sum(map(len, whole.values())) > LARGEST // 2:
        raise UsageError(say("bundle-too-large", limit=LARGEST // 2 // 1024**2, parts=MOST_PARTS))
    return pack(whole)


def _check_distinct(made: Sequence[Made]) -> None:
    twice = [name for name, count in Counter(item.organisation for item in made).items() if count > 1]
    if twice:
        raise UsageError(say("bundle-twice", organisation=twice[0]))


def _evidence(enclosed: Enclosed) -> dict[str, bytes]:
    if not enclosed.evidence:
        return {}
    return {evidence_list.NAME: evidence_list.listed(enclosed.evidence)} | dict(enclosed.contents or {})


def _history(found: Soundness | None, organisations: set[str]) -> dict[str, bytes]:
    """Return the chain over what is saved, with the records of the organisations of the bundle only."""
    if found is None:
        return {}
    if found.broken is not None:
        raise FilingError(say("bundle-history-broken", number=found.broken))
    if found.chain is None:
        raise UsageError(say("bundle-history-unchained"))
    records = [item for item in found.records if item.actor in organisations]
    return {HISTORY: plain(chain_value(found.chain, records))}
