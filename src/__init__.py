"""styrmatt: goal reports of Swedish regions and municipalities, from PDF to comparable Parquet.

``styrmatt.load(root, dataset)`` gives a dataset of an extract as a pandas DataFrame.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from styrmatt.export.load import load

__all__ = ["__version__", "load"]

try:
    __version__ = version("styrmatt")
except PackageNotFoundError:  # run from a tree that was never installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:
    """``load`` on first use, so that ``import styrmatt`` brings no pandas."""
    if name == "load":
        from styrmatt.export.load import load

        return load
    raise AttributeError(f"module 'styrmatt' has no attribute {name!r}")
