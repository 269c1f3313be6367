"""Who signed a bundle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hyte_graph.bundle.check import Check, differs, intact, note
from hyte_graph.bundle.keys import PublicKey, part_names, read_public_key
from hyte_graph.bundle.manifest import NAME, Manifest
from hyte_graph.bundle.opened import Opened
from hyte_graph.errors import UsageError


def signature_checks(opened: Opened, manifest: Manifest, trusted: Sequence[PublicKey]) -> Iterator[Check]:
    """Yield what is to be said of the signatures.

    Args:
        opened: the bundle.
        manifest: its manifest.
        trusted: the keys that the reader has named; if any, one of them must have signed.
    """
    named = {key.fingerprint for key in trusted}
    if not manifest.keys:
        yield differs("verify-unsigned-wanted") if named else note("verify-unsigned")
        return
    sound = [name for name in manifest.keys if _has_signed(name, opened)]
    for name in manifest.keys:
        if name not in sound:
            yield differs("verify-signature-wrong", part_names(name)[1], key=name)
        elif name in named:
            yield intact("verify-signed-named", key=name)
        elif not named:
            yield note("verify-signed", key=name)
        else:
            yield note("verify-signed-other", key=name)
    if named and not named & set(sound):
        yield differs("verify-signer-wrong")


def _has_signed(fingerprint: str, opened: Opened) -> bool:
    """Return whether the key of a fingerprint is in the bundle and has signed the manifest."""
    pem, signature = (opened.parts.get(path) for path in part_names(fingerprint))
    if pem is None or signature is None:
        return False
    try:
        key = read_public_key(pem, part_names(fingerprint)[0])
    except UsageError:
        return False
    return key.fingerprint == fingerprint and key.pem == pem and key.has_signed(opened.parts[NAME], signature)
