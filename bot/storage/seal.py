"""AES-GCM for single values: what must not be readable even where the file around it is.

Sealed: "1." and base64url of nonce (12 bytes) and ciphertext. What it is bound to must be given again to open it.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_VERSION = "1."


class NotOpened(ValueError):
    """Another key, another place, or changed since."""


def fingerprint(key: bytes) -> int:
    """A number of 63 bits that tells two keys apart and says nothing of either."""
    derived = HKDF(algorithm=SHA256(), length=8, salt=None, info=b"homenotes fingerprint 1").derive(key)
    return int.from_bytes(derived, "big") >> 1


class Seal:
    """`key` is the installation's key; what is used is derived from it for this purpose alone."""

    def __init__(self, key: bytes) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"homenotes seal 1").derive(key)
        self._cipher = AESGCM(derived)

    def seal(self, text: str, *, bound_to: str) -> str:
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), bound_to.encode())
        return _VERSION + base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, sealed: str, *, bound_to: str) -> str:
        """Raises `NotOpened`."""
        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
            opened = self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], bound_to.encode())
        except (InvalidTag, ValueError) as error:
            raise NotOpened("not sealed with this key, or changed") from error
        return opened.decode("utf-8", "surrogatepass")
