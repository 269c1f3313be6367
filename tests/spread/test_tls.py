"""`--scheduler tls://…`: who has no certificate of the authority is not let in, and who has one is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import dask
import distributed  # noqa: F401 (its settings must be there before some of them are set for a while)
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from hyte_graph.cli.main import main
from hyte_graph.isolation import cluster
from tests.conftest import EXAMPLES
from tests.spread import clusters

CALL = ["check", str(EXAMPLES / "espoo.yaml"), "--on", "2025-12-31", "--format", "jsonl", "--lang", "en"]


def certificate(folder: Path) -> Path:
    """Return a file with a key and a certificate that signs itself."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "both.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain)
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    return path


def settings(path: Path) -> dict[str, str]:
    tls = "distributed.comm.tls"
    roles = {
        f"{tls}.{role}.{part}": str(path) for role in ("client", "scheduler", "worker") for part in ("key", "cert")
    }
    return {f"{tls}.ca-file": str(path), "distributed.comm.require-encryption": "True", **roles}


def as_environment(told: dict[str, str]) -> dict[str, str]:
    return {f"DASK_{name.replace('.', '__').replace('-', '_').upper()}": value for name, value in told.items()}


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> dict[str, str]:
    return settings(certificate(tmp_path_factory.mktemp("tls") / "known"))


def test_only_who_has_a_certificate_is_let_in(known, tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(cluster, "_REACHED", 5.0)
    environment = as_environment(known)
    with (
        clusters.scheduler(tmp_path, "--protocol", "tls", **environment) as address,
        clusters.worker(address, "--no-nanny", "--protocol", "tls", **environment),
    ):
        assert address.startswith("tls://")
        with dask.config.set(known):
            assert main([*CALL, "--scheduler", address]) == 0
        there = capfd.readouterr().out
        for more in ({}, settings(certificate(tmp_path / "stranger"))):
            with dask.config.set(more):
                assert main([*CALL, "--scheduler", address]) == 5
            told = capfd.readouterr()
            assert told.out == ""
            assert "cannot be reached" in told.err
    assert main(CALL) == 0
    assert capfd.readouterr().out == there


def test_a_certificate_that_is_not_there_is_one_sentence(tmp_path, capfd):
    with dask.config.set(settings(tmp_path / "nowhere.pem")):
        assert main([*CALL, "--scheduler", "tls://127.0.0.1:9"]) == 5
    err = capfd.readouterr().err
    assert "cannot be reached" in err
    assert err.count("\n") == 1
