"""Signs an extract with an Ed25519 key, and says whether a signature is of these files.

The signature stands in ``signature.json`` beside the manifest. What is signed is the list of all
files below the root with their hashes, the manifest among them; so nothing can be changed, added
or taken away without the key. Keys are those of ``ssh-keygen -t ed25519``, or PEM files.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from styrmatt.errors import OutputError, UsageError

SIGNATURE_NAME: Final = "signature.json"
_FORMAT: Final = "styrmatt-signature"
_INSTALL_HINT: Final = "Install it: pip install 'styrmatt[sign]'."
_SHOWN_FILES: Final = 5
"""Files that a message about a signature names; a run changes dozens."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was read."""

    files: Mapping[str, str]
    """SHA-256 by path below the root."""
    public_key: str
    """As ssh-keygen writes it: ``ssh-ed25519 AAAA...``."""
    signature: bytes


def sign_files(root: Path, key: Path, password: str | None = None) -> Signature:
    """Sign all files below a root with a private key, and write the signature.

    Raises UsageError for a key that cannot be used, OutputError where it cannot be written.
    """
    private = _private_key(key, password)
    files = _hashes(root)
    made = Signature(files, _ssh_line(private.public_key()), private.sign(_statement(files)))
    content = {
        "format": _FORMAT,
        "algorithm": "Ed25519",
        "public_key": made.public_key,
        "signature": base64.b64encode(made.signature).decode(),
        "files": made.files,
    }
    draft = root / f".{SIGNATURE_NAME}"
    try:
        draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")
        draft.replace(root / SIGNATURE_NAME)
    except OSError as error:
        raise OutputError(
            f"{root / SIGNATURE_NAME} cannot be written: {error.strerror or error}.",
            hint="Get write access to the folder.",
        ) from error
    return made


def signature_problems(root: Path, signed_by: Path | None) -> Iterator[str]:
    """What is wrong with the signature of a root.

    Without ``signed_by``, the file of public keys of which one has to have signed, a root need not
    have a signature; one that is there has to be of these files all the same. Raises UsageError for
    keys that cannot be used.
    """
    trusted = None if signed_by is None else _public_lines(signed_by)
    if not (root / SIGNATURE_NAME).is_file():
        if trusted is not None:
            yield f"there is no {SIGNATURE_NAME}: the extract was never signed, or it was removed"
        return
    try:
        found = _read(root)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        yield f"{SIGNATURE_NAME} is not a signature that can be read"
        return
    if trusted is not None and found.public_key not in trusted:
        yield f"{SIGNATURE_NAME} is signed with another key: {found.public_key}"
    if not _is_valid(found):
        yield f"{SIGNATURE_NAME} was changed: the signature is not of the files that it lists"
        return
    yield from _file_problems(found.files, _hashes(root))


def _file_problems(signed: Mapping[str, str], present: Mapping[str, str]) -> Iterator[str]:
    """How the files that are there differ from those that were signed."""
    changes = (
        ("changed", [name for name in signed if present.get(name, signed[name]) != signed[name]]),
        ("gone", [name for name in signed if name not in present]),
        ("new", [name for name in present if name not in signed]),
    )
    for what, names in changes:
        if names:
            shown = ", ".join(sorted(names)[:_SHOWN_FILES])
            more = f" and {len(names) - _SHOWN_FILES} more" if len(names) > _SHOWN_FILES else ""
            yield f"{what} since the extract was signed: {shown}{more}"


def _hashes(root: Path) -> dict[str, str]:
    """SHA-256 of every file below a root that readers see, the signature aside, by path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path != root / SIGNATURE_NAME
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }


def _statement(files: Mapping[str, str]) -> bytes:
    """The bytes that are signed."""
    content = {"format": _FORMAT, "files": dict(files)}
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _read(root: Path) -> Signature:
    content = json.loads((root / SIGNATURE_NAME).read_text(encoding="utf-8"))
    signature = base64.b64decode(content["signature"], validate=True)
    files = {str(name): str(sha256) for name, sha256 in content["files"].items()}
    return Signature(files, str(content["public_key"]), signature)


def _is_valid(found: Signature) -> bool:
    """Whether the key that the signature names has signed these files."""
    from cryptography.exceptions import InvalidSignature

    try:
        key = _public_key(found.public_key.encode())
        key.verify(found.signature, _statement(found.files))
    except (InvalidSignature, ValueError):
        return False
    return True


def _private_key(path: Path, password: str | None) -> Any:
    """The Ed25519 key of a file. Raises UsageError."""
    serialization, ed25519 = _library()
    data, secret = _bytes_of(path), None if password is None else password.encode()
    is_ssh = b"OPENSSH PRIVATE KEY" in data
    load = serialization.load_ssh_private_key if is_ssh else serialization.load_pem_private_key
    try:
        key = load(data, secret)
    except Exception as error:  # wrong password, no key, a kind that the library does not know
        raise UsageError(
            f"{path} is not a private key that can be read: {error}".rstrip(".") + ".",
            hint="Make one: ssh-keygen -t ed25519. A password is read from STYRMATT_KEY_PASSWORD.",
        ) from error
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise UsageError(f"{path} is no Ed25519 key.", hint="Make one: ssh-keygen -t ed25519.")
    return key


def _public_lines(path: Path) -> frozenset[str]:
    """The public keys of a file, as ssh-keygen writes them. Raises UsageError."""
    data = _bytes_of(path)
    pieces = [data] if data.lstrip().startswith(b"-----") else data.splitlines()
    try:
        found = {_ssh_line(_public_key(piece)) for piece in pieces if piece.strip()}
    except (ValueError, binascii.Error) as error:
        raise UsageError(
            f"{path} is not a file of public Ed25519 keys.",
            hint="Give the .pub file that ssh-keygen -t ed25519 wrote.",
        ) from error
    if not found:
        raise UsageError(f"{path} holds no key.", hint="Give a .pub file of ssh-keygen.")
    return frozenset(found)


def _public_key(data: bytes) -> Any:
    """The Ed25519 public key of a line of ssh-keygen, or of a PEM file. Raises ValueError."""
    serialization, ed25519 = _library()
    try:
        if data.lstrip().startswith(b"-----"):
            key = serialization.load_pem_public_key(data)
        else:
            words = data.split()
            at = words.index(b"ssh-ed25519")  # allowed_signers has a name in front of it
            key = serialization.load_ssh_public_key(b" ".join(words[at : at + 2]))
    except Exception as error:
        raise ValueError("no public key") from error
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise ValueError("no Ed25519 key")
    return key


def _ssh_line(key: Any) -> str:
    serialization, _ = _library()
    form = (serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    line: bytes = key.public_bytes(*form)
    return line.decode()


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error


def _library() -> tuple[Any, Any]:
    """What reads keys, and what signs. Raises UsageError where the library is missing."""
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ModuleNotFoundError as error:
        raise UsageError("Signatures need the package cryptography.", hint=_INSTALL_HINT) from error
    return serialization, ed25519
