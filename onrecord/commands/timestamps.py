"""Time stamps of authorities (RFC 3161), as files: the question to one, what an answer says, and whether its signature is of somebody
who is trusted. Nothing here opens a connection."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.command import WrongUse

_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""The hashes that an imprint may be of (RFC 5754 section 2), by their numbers; SHA-1 and MD5 can be made to fit two texts."""

# How OpenSSL's errors stand in the library's message.
_REASON = re.compile(r'(?:reason: "|data: "Verify error: )([^"]+)"')
_STRANGER = "certificate verify error"

_GRANTED = 0  # RFC 3161 section 2.4.2: PKIStatus


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What an authority's answer says: when (ISO 8601, UTC), who signed it as its certificate names itself, and why it does not stand for
    the data it was held against; empty where it does."""

    moment: str
    authority: str
    wrong: str = ""


def request(data: bytes) -> bytes:
    """The question to an authority (TimeStampReq) for the SHA-256 of some data, with its certificate in the answer, as
    `openssl ts -query -sha256 -cert -no_nonce` writes it: the same bytes for the same data."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=False).cert_request(cert_request=True).build().as_bytes()


def read(answer: bytes, data: bytes) -> TimeStamp:
    """What an answer (TimeStampResp) says, held against the data it should be of. Its signature is not looked at."""
    from rfc3161_client import decode_timestamp_response

    try:
        response = decode_timestamp_response(_ordered(answer))
        status = response.status
        if status != _GRANTED:
            return TimeStamp("", "", f"the authority did not grant it (status {status})")
        information = response.tst_info
        moment = information.gen_time.strftime("%Y-%m-%dT%H:%M:%SZ")
        number = information.message_imprint.hash_algorithm.dotted_string
        imprint = information.message_imprint.message
        authority = _signer(response)
    except ValueError as error:
        return TimeStamp("", "", f"it is not an answer of an authority for time stamps (RFC 3161): {error}")
    name = _HASHES.get(number)
    if name is None:
        wrong = f"its imprint is of a hash that is not accepted (number {number}); SHA-256, SHA-384 and SHA-512 are"
    elif imprint != hashlib.new(name, data).digest():
        wrong = f"it is of something else: its imprint is {imprint.hex()}"
    else:
        wrong = ""
    return TimeStamp(moment, authority, wrong)


_SEQUENCE, _MARKED = 0x30, 0xA0
"""Identifier octets of DER (X.690 section 8.1.2): of a sequence, and of what is marked [0]."""


def _ordered(answer: bytes) -> bytes:
    """An answer with its certificates in the order that DER asks of a set (X.690 section 11.6), which many authorities leave out, OpenSSL
    among them, and without which a strict reader refuses it. The signature does not cover that order. Bytes that are no such answer stay
    as they are, for the reader to refuse."""
    try:
        # TimeStampResp, its token, [0], SignedData, [0] (RFC 3161 section 2.4.2, RFC 5652 sections 3 and 5.1).
        within = _content(answer, 0)
        for position, tag in ((1, _SEQUENCE), (1, _MARKED), (0, _SEQUENCE), (3, _MARKED)):
            start = list(_elements(answer, *within))[position][0]
            if answer[start] != tag:
                return answer
            within = _content(answer, start)
        certificates = [answer[start:end] for start, end in _elements(answer, *within)]
    except (IndexError, ValueError):
        return answer
    return answer[: within[0]] + b"".join(sorted(certificates)) + answer[within[1] :]


def _content(data: bytes, start: int) -> tuple[int, int]:
    """Where the content of the element at `start` begins and ends (X.690 section 8.1.3). Raises IndexError, ValueError."""
    length, begin = data[start + 1], start + 2
    if length >= 0x80:
        octets = length - 0x80
        if not 1 <= octets <= 4:
            raise ValueError("a length that no time stamp has")
        length, begin = int.from_bytes(data[begin : begin + octets]), begin + octets
    if begin + length > len(data):
        raise ValueError("an element that is longer than what holds it")
    return begin, begin + length


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each element between two places begins and ends. Raises IndexError, ValueError."""
    while start < end:
        _, behind = _content(data, start)
        yield start, behind
        start = behind


def _signer(response: object) -> str:
    """The name in the certificate that signed an answer, as far as the answer brings it; else an empty text."""
    from cryptography import x509

    signed = response.signed_data  # type: ignore[attr-defined]
    signers = {(signer.issuer, signer.serial_number) for signer in signed.signer_infos}
    for der in sorted(signed.certificates):
        certificate = x509.load_der_x509_certificate(der)
        if (certificate.issuer, certificate.serial_number) in signers:
            return certificate.subject.rfc4514_string()
    return ""


@dataclass(frozen=True, slots=True)
class Distrust:
    """Why the signature of an answer does not count, in words; `is_stranger` says that it may be right, of an authority that is not among
    those that are trusted."""

    words: str
    is_stranger: bool


def distrust(answer: bytes, data: bytes, authorities: Path) -> Distrust | None:
    """Why the signature of an answer cannot be traced to one of the certificates in a file (PEM); None where it can. The certificates must
    have been valid at the moment of the stamp. Raises WrongUse where the file has none."""
    from cryptography import x509
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        certificates = x509.load_pem_x509_certificates(authorities.read_bytes())
    except OSError as error:
        raise WrongUse(f"{authorities} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise WrongUse(f"{authorities} holds no certificate (PEM). Ask the authority for its own.") from error
    roots = [certificate for certificate in certificates if certificate.issuer == certificate.subject]
    between = [certificate for certificate in certificates if certificate not in roots]
    if not roots:
        roots, between = between, []
    try:
        verifier = VerifierBuilder(roots=roots, intermediates=between).build()
        verifier.verify_message(decode_timestamp_response(_ordered(answer)), data)
    except (VerificationError, ValueError) as error:
        words = str(error)
        reasons = _REASON.findall(words)
        return Distrust("; ".join(reasons) or " ".join(words.split()).rstrip("."), _STRANGER in words)
    return None
