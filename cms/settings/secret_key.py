"""The secret key of a desk installation."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def kept_secret_key(data_dir: Path) -> str:
    """Return the key in the data folder; make it, readable by its owner only, when absent.

    Safe when several processes start at once: they all return the key that is on disk.
    """
    path = data_dir / "secret-key"
    data_dir.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"secret-key.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()
