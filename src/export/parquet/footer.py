"""Key-value metadata in the footers of the Parquet files, which any reader can show."""

from __future__ import annotations

import json

from styrmatt.export.schema.columns import columns, purpose
from styrmatt.records import SCHEMA_VERSION


def footer(dataset: str, content_sha256: str, **facts: str) -> dict[str, str]:
    """The metadata of a file of ``dataset``: schema, descriptions, content hash and ``facts``.

    Keys have the prefix ``styrmatt.``.
    """
    descriptions = {column.name: column.meaning for column in columns(dataset)}
    metadata = {
        "dataset": dataset,
        "purpose": purpose(dataset),
        "schema_version": SCHEMA_VERSION,
        "descriptions": json.dumps(descriptions, ensure_ascii=False),
        **facts,
        "content_sha256": content_sha256,
    }
    return {f"styrmatt.{name}": value for name, value in metadata.items()}
