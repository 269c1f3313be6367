"""The assessments of a bundle carried out again, and compared with what the bundle says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hyte_graph.bundle import evidence as evidence_list
from hyte_graph.bundle.check import Check, differs, intact, note, unknown
from hyte_graph.bundle.keys import part_names
from hyte_graph.bundle.make import HISTORY, README, VERSIONS, common_parts
from hyte_graph.bundle.manifest import Manifest
from hyte_graph.bundle.opened import Opened
from hyte_graph.bundle.parts import MIMETYPE, Made, parts_of
from hyte_graph.bundle.places import places
from hyte_graph.bundle.versions import version_differences, versions_here
from hyte_graph.errors import HyteError
from hyte_graph.reports.difference import difference
from hyte_graph.store.knowledge import Knowledge

_MOST = 8  # names of what differs, in one sentence


def rerun_checks(opened: Opened, manifest: Manifest, knowledge: Knowledge) -> Iterator[Check]:
    """Yield whether the same descriptions give the same parts here."""
    unlike = version_differences(_json(opened.parts.get(VERSIONS, b"")), versions_here(manifest.asked.engine))
    made: dict[str, bytes] = {MIMETYPE[0]: MIMETYPE[1]} | common_parts(manifest.asked.engine)
    agreed = True
    for organisation, described in manifest.descriptions.items():
        missing = [file.part for file in described.files if file.part in opened.spoiled - {""}]
        missing += [file.part for file in described.files if file.part not in opened.parts]
        if missing:
            agreed = False
            yield unknown("verify-not-repeated", organisation=organisation, description=missing[0])
            continue
        try:
            given = [(opened.parts[file.part], file.name) for file in described.files]
            found = parts_of(given, manifest.asked, knowledge)
        except HyteError as error:
            agreed = False
            yield _refused(error, described.description.part, unlike)
            continue
        made |= found.parts
        same = (found.organisation, found.described) == (organisation, described) and _same(found.parts, opened)
        agreed = agreed and same
        if same:
            yield intact("verify-reproduced", organisation=organisation, count=_count(found))
        else:
            yield from _unlike(found, opened, unlike)
    yield from _of_the_rest(opened, manifest, made, unlike, agreed=agreed)


def _same(made: Mapping[str, bytes], opened: Opened) -> bool:
    return all(opened.parts.get(path) == content for path, content in made.items())


def _refused(error: HyteError, part: str, unlike: tuple[str, ...]) -> Check:
    if unlike:
        return unknown("verify-refused-elsewhere", part=part, error=error.message, versions=_listed(unlike))
    return differs("verify-refused", part, error=error.message)


def _unlike(made: Made, opened: Opened, unlike: tuple[str, ...]) -> Iterator[Check]:
    """Yield what is not the same: if the versions are not, nobody can say that the bundle is wrong."""
    if unlike:
        yield unknown("verify-not-reproduced", organisation=made.organisation, versions=_listed(unlike))
        yield from _outcomes(made, opened)
        return
    yield from _named(made.parts, opened)


def _named(made: Mapping[str, bytes], opened: Opened) -> Iterator[Check]:
    for path, content in made.items():
        then = opened.parts.get(path)
        if then is None:
            yield differs("verify-missing", path)
        elif then != content:
            yield from (Check("differs", text, path) for text in places(path, then, content))


def _outcomes(made: Made, opened: Opened) -> Iterator[Check]:
    """Yield whether the outcomes are the same, whatever else is not."""
    path = f"{made.organisation}/report.json"
    try:
        found = difference(_json(opened.parts.get(path, b"")), _json(made.parts[path]))
    except (KeyError, TypeError, AttributeError, HyteError):
        return
    if not found.changes:
        yield note("verify-same-outcomes", organisation=made.organisation)
        return
    names = [f"{item.norm} {item.period or ''}".strip() for item in found.changes]
    yield note("verify-other-outcomes", organisation=made.organisation, count=len(names), names=_listed(tuple(names)))


def _of_the_rest(
    opened: Opened, manifest: Manifest, made: Mapping[str, bytes], unlike: tuple[str, ...], *, agreed: bool
) -> Iterator[Check]:
    """Yield what is to be said of the parts that stand beside the organisations."""
    common = {path: made[path] for path in (MIMETYPE[0], README, VERSIONS)}
    if not unlike:
        yield from _named(common, opened)
    elif agreed:
        yield note("verify-other-versions", versions=_listed(unlike))
    described = set(manifest.descriptions)
    known = made.keys() | {evidence_list.NAME, HISTORY} | {part_names(key)[0] for key in manifest.keys}
    for path in manifest.parts:
        home = path.partition("/")[0]
        if path not in known and home != "evidence" and not (home in described and not agreed):
            yield differs("verify-strange", path)


def _count(made: Made) -> int:
    return len(_json(made.parts[f"{made.organisation}/report.json"])["verdicts"])


def _json(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_MOST]) + (f", … ({len(names)})" if len(names) > _MOST else "")
