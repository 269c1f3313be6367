"""One bundle for all tests of bundles, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hyte_graph.bundle.container import pack, readings
from hyte_graph.bundle.evidence import attached, named
from hyte_graph.bundle.keys import SigningKey
from hyte_graph.bundle.make import Enclosed, bundle
from hyte_graph.bundle.manifest import NAME, Asked, digest
from hyte_graph.store.chain import Record, linked
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.linking import Soundness
from tests.conftest import EXAMPLES

TOWN = EXAMPLES / "raahe.yaml"
DAY = date(2025, 12, 31)
ASKED = Asked(DAY, DAY, DAY, "shacl")
REPORT = "raahe/report.json"


def signing_key(seed: int) -> SigningKey:
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return signing_key(1)


@pytest.fixture(scope="session")
def make(knowledge: Knowledge) -> Callable[..., bytes]:
    """Return a function that makes a bundle of a town with a piece of evidence, a named one and a chain."""

    def made(*keys: SigningKey) -> bytes:
        file = attached(b"minutes", "minutes.txt")
        records = [Record(1, "raahe", "2024-12-31", "t", "a" * 64, "b" * 64), Record(2, "oulu", "d", "t", "c", "d")]
        history = Soundness(linked(records, 0), tuple(records), None)
        enclosed = Enclosed(keys, [file, named(b"kept at home", "plan.pdf")], {file.part: b"minutes"}, history)
        return bundle([[(TOWN.read_bytes(), TOWN.name)]], ASKED, knowledge, enclosed)

    return made


@pytest.fixture(scope="session")
def signed(make: Callable[..., bytes], key: SigningKey) -> bytes:
    return make(key)


@pytest.fixture(scope="session")
def unsigned(make: Callable[..., bytes]) -> bytes:
    return make()


def parts(content: bytes) -> dict[str, bytes]:
    return dict(readings(content)[0].parts)


def forged(content: bytes, **changed: bytes) -> bytes:
    """Return a bundle with other parts and a manifest that agrees with them, as somebody would who means to deceive."""
    told = parts(content)
    manifest = told[NAME].decode()
    for path, new in changed.items():
        manifest = manifest.replace(digest(told[path]), digest(new))
    return pack(told | changed | {NAME: manifest.encode()})
