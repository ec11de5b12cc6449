"""One Parquet file per dataset, of all documents: for readers that take no folders."""

from __future__ import annotations

import json
from pathlib import Path

from styrmatt.export.parquet.footer import footer
from styrmatt.export.parquet.tables import RowsHash
from styrmatt.export.schema.columns import arrow_schema
from styrmatt.export.store.scan import ExtractReader, all_nullable


def write_parquet(extracted: ExtractReader, dataset: str, path: Path) -> int:
    """Write a dataset as one file, a row group per document; the number of rows comes back."""
    import pyarrow.parquet as pq

    schema = all_nullable(arrow_schema(dataset))
    digest = RowsHash(schema.names)
    sources = {row["document_id"]: row["source_sha256"] for row in extracted.documents()}
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_index=True) as writer:
        for batch in extracted.batches(dataset):
            writer.write_batch(batch)
            digest.add(batch)
            count += batch.num_rows
        said = footer(dataset, digest.hexdigest(), source_sha256s=json.dumps(sources))
        writer.add_key_value_metadata(said)
    return count
