"""The secret keys of an installation: one small file, kept apart from the database and from its backups.

The file (mode 0600) is JSON: `{"version": 1, "current": "1", "secrets": {"1": "<32 bytes, base64>"}}`. A new
version is added, never replaced, so that what an older one made can still be read. Each purpose gets a key of its
own, derived by HKDF-SHA256 (RFC 5869), so that no two uses ever share one.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hub.errors import SetupError


class Keyring:
    """The secrets of an installation, by version."""

    def __init__(self, secrets_by_version: dict[int, bytes], current: int) -> None:
        self._secrets = secrets_by_version
        self.current = current
        self._derived = lru_cache(maxsize=64)(self._derive)

    def _derive(self, purpose: str, version: int) -> bytes:
        return HKDF(hashes.SHA256(), 32, salt=None, info=f"civic-hub/{purpose}".encode()).derive(self._secrets[version])

    def digest(self, purpose: str, content: bytes) -> bytes:
        """Return a keyed digest (HMAC-SHA256, 32 bytes) of this content, for this purpose only."""
        return hmac.digest(self._derived(purpose, self.current), content, "sha256")

    def lasting_digest(self, purpose: str, content: bytes) -> bytes:
        """Return a keyed digest that stays the same when a new version is added: with the oldest secret."""
        return hmac.digest(self._derived(purpose, min(self._secrets)), content, "sha256")

    def every_digest(self, purpose: str, content: bytes) -> tuple[bytes, ...]:
        """Return what `digest` has made of this content with each of the versions: whatever may be kept of it."""
        return tuple(hmac.digest(self._derived(purpose, version), content, "sha256") for version in self._secrets)

    def wrap(self, secret: bytes, *, about: bytes) -> bytes:
        """Encrypt a secret (AES-256-GCM), bound to what it is about; the first byte tells the key's version."""
        nonce = secrets.token_bytes(12)
        return bytes([self.current]) + nonce + AESGCM(self._derived("wrap", self.current)).encrypt(nonce, secret, about)

    def unwrap(self, wrapped: bytes, *, about: bytes) -> bytes:
        """Decrypt what `wrap` made; SetupError if the key file is not the one that made it."""
        version, nonce, secret = wrapped[0], wrapped[1:13], wrapped[13:]
        if version not in self._secrets:
            raise SetupError(f"The key file lacks version {version}, which this database needs: restore that key file.")
        try:
            return AESGCM(self._derived("wrap", version)).decrypt(nonce, secret, about)
        except InvalidTag:
            raise SetupError("The key file is not the one of this database: restore the one kept with it.") from None


def load(file: Path, *, make: bool) -> Keyring:
    """Read the key file; where there is none, make one if `make`, else refuse with words."""
    if not file.exists():
        if not make:
            raise SetupError(
                f"There is no key file at {file}. Several processes or servers must share one: run `hub keys create` "
                "once, and give the file to each by HUB_KEYS."
            )
        create(file)
    if file.stat().st_mode & 0o077:
        raise SetupError(f"The key file {file} can be read by others: run `chmod 600 {file}`.")
    try:
        stored = json.loads(file.read_text())
        found = {int(version): base64.b64decode(secret) for version, secret in stored["secrets"].items()}
        current = int(stored["current"])
        if stored["version"] != 1 or len(found[current]) < 32:
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise SetupError(
            f"{file} is not a key file of the hub, or it is damaged: restore it from where it is kept."
        ) from None
    except OSError as error:
        raise SetupError(
            f"The key file {file} cannot be read ({error.strerror}): let HUB_KEYS name a file that belongs to you."
        ) from None
    return Keyring(found, current)


def create(file: Path) -> None:
    """Make a new key file, whole or not at all; an existing one is never touched."""
    content = {
        "version": 1,
        "current": "1",
        "secrets": {"1": base64.b64encode(secrets.token_bytes(32)).decode()},
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".keys-")
    except OSError as error:
        raise SetupError(
            f"The key file {file} cannot be made ({error.strerror}): let HUB_KEYS name a place of your own."
        ) from None
    try:
        with os.fdopen(handle, "w") as out:
            json.dump(content, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        os.link(temporary, file)  # unlike a rename, this fails when another process made the file meanwhile
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()
