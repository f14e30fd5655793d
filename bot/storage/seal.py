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
_NOT_OURS = "not sealed with this key, or changed"


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
        sealed = self.seal_bytes(text.encode("utf-8", "surrogatepass"), bound_to=bound_to)
        return _VERSION + base64.urlsafe_b64encode(sealed).decode()

    def open(self, sealed: str, *, bound_to: str) -> str:
        """Raises `NotOpened`."""
        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION))
        except ValueError as error:
            raise NotOpened(_NOT_OURS) from error
        return self.open_bytes(raw, bound_to=bound_to).decode("utf-8", "surrogatepass")

    def seal_bytes(self, content: bytes, *, bound_to: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, bound_to.encode())

    def open_bytes(self, sealed: bytes, *, bound_to: str) -> bytes:
        """Raises `NotOpened`."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())
        except (InvalidTag, ValueError) as error:
            raise NotOpened(_NOT_OURS) from error
