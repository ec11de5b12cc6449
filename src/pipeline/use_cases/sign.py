"""Signs an extract that was verified."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from styrmatt.pipeline.use_cases.verify import Verification, VerifyOptions, verify

if TYPE_CHECKING:
    from styrmatt.export.store.signature import Signature


def sign(
    root: Path, key: Path, password: str | None = None
) -> tuple[Verification, Signature | None]:
    """Verify an extract without its sources, and sign it where nothing is wrong.

    Gives what was found, and the signature; None where something is wrong. An earlier signature
    does not count. Raises what verifying raises, and UsageError for a key that cannot be used.
    """
    from styrmatt.export.store.signature import SIGNATURE_NAME, sign_files
    from styrmatt.export.store.transaction import root_lock

    with root_lock(root):
        before = root / SIGNATURE_NAME
        earlier = before.read_bytes() if before.is_file() else None
        before.unlink(missing_ok=True)
        signed = None
        try:
            found = verify(VerifyOptions(root, need_sources=False))
            if found.is_proved:
                signed = sign_files(root, key, password)
        finally:
            if signed is None and earlier is not None:
                before.write_bytes(earlier)
    return found, signed
