"""An authority for time stamps of our own: its certificates are made here, its answers by `openssl ts`."""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_SETTINGS = """[ tsa ]
default_tsa = here
[ here ]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
certs = {folder}/root.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Authority:
    """A root certificate and a signer below it, in a folder."""

    folder: Path

    @property
    def root(self) -> Path:
        """The certificate that whoever trusts the authority has."""
        return self.folder / "root.pem"

    def answer(self, question: Path, to: Path) -> Path:
        """Answers the question (TimeStampReq) in a file."""
        settings = self.folder / "tsa.cnf"
        settings.write_text(_SETTINGS.format(folder=self.folder))
        _openssl("ts", "-reply", "-config", settings, "-queryfile", question, "-out", to)
        return to

    def stamp(self, data: Path, to: Path, digest: str = "sha256") -> Path:
        """A time stamp of a file, with a question of openssl's own."""
        question = self.folder / "own.tsq"
        _openssl("ts", "-query", "-data", data, f"-{digest}", "-cert", "-out", question)
        return self.answer(question, to)


def _openssl(*arguments: object) -> None:
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def authority(folder: Path, name: str = "Harbour Time") -> Authority:
    """An authority in a new folder."""
    folder.mkdir(parents=True)
    root_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} root")])
    signer = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)])
    begin = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

    def builder(subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + dt.timedelta(days=36500))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        )

    of_root = builder(root, root_key).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    of_signer = (
        builder(signer, signer_key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    )
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(of_root.sign(root_key, hashes.SHA256()).public_bytes(pem))
    (folder / "signer.pem").write_bytes(of_signer.sign(root_key, hashes.SHA256()).public_bytes(pem))
    (folder / "signer.key").write_bytes(
        signer_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "serial").write_text("01\n")
    return Authority(folder)
