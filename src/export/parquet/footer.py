"""Key-value metadata of the Parquet files: any reader sees them without this program."""

from __future__ import annotations

import json

from styrmatt.export.schema.columns import columns, purpose
from styrmatt.records import SCHEMA_VERSION


def footer(dataset: str, content_sha256: str, **facts: str) -> dict[str, str]:
    """What a file of ``dataset`` says of itself: schema, descriptions, content hash, ``facts``."""
    descriptions = {column.name: column.meaning for column in columns(dataset)}
    said = {
        "dataset": dataset,
        "purpose": purpose(dataset),
        "schema_version": SCHEMA_VERSION,
        "descriptions": json.dumps(descriptions, ensure_ascii=False),
        **facts,
        "content_sha256": content_sha256,
    }
    return {f"styrmatt.{name}": value for name, value in said.items()}
