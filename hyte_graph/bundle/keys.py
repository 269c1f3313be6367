"""Ed25519 keys in PEM files, as `openssl genpkey -algorithm ed25519` makes them: signing, and checking signatures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from hyte_graph.errors import UsageError
from hyte_graph.languages import Text
from hyte_graph.messages import say

_UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm)
_MARK = "sha256:"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, named by the SHA-256 of its DER form (SubjectPublicKeyInfo)."""

    key: Ed25519PublicKey

    @property
    def fingerprint(self) -> str:
        """Return the name of the key."""
        der = self.key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return _MARK + sha256(der).hexdigest()

    @property
    def pem(self) -> bytes:
        """Return the key as a PEM file."""
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def has_signed(self, content: bytes, signature: bytes) -> bool:
        """Return whether a signature is of this key and of these bytes (RFC 8032)."""
        try:
            self.key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key; nothing of it is ever written."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """Return the public key."""
        return PublicKey(self.key.public_key())

    def sign(self, content: bytes) -> bytes:
        """Return the signature of some bytes, 64 bytes long; it is always the same (RFC 8032)."""
        return self.key.sign(content)


def read_private_key(content: bytes, name: str, passphrase: Callable[[], bytes]) -> SigningKey:
    """Return the private key of a PEM file.

    Args:
        content: the bytes of the file.
        name: what the file is called in errors.
        passphrase: asked only where the key is encrypted.

    Raises:
        UsageError: no private Ed25519 key, or the wrong passphrase.
    """
    if b"ENCRYPTED" in content:
        found = _loaded(lambda: load_pem_private_key(content, passphrase()), say("key-locked", name=name))
    else:
        found = _loaded(lambda: load_pem_private_key(content, None), say("key-not-private", name=name))
    if not isinstance(found, Ed25519PrivateKey):
        raise UsageError(say("key-not-private", name=name))
    return SigningKey(found)


def read_public_key(content: bytes, name: str) -> PublicKey:
    """Return the public key of a PEM file.

    Raises:
        UsageError: no public Ed25519 key.
    """
    found = _loaded(lambda: load_pem_public_key(content), say("key-not-public", name=name))
    if not isinstance(found, Ed25519PublicKey):
        raise UsageError(say("key-not-public", name=name))
    return PublicKey(found)


def _loaded(load: Callable[[], object], sentence: Text) -> object:
    try:
        return load()
    except _UNREADABLE as error:
        raise UsageError(sentence) from error


def part_names(fingerprint: str) -> tuple[str, str]:
    """Return the names of the parts that hold a public key and its signature."""
    short = fingerprint.removeprefix(_MARK)[:16]
    return f"keys/{short}.pem", f"signatures/{short}.sig"
