"""One Parquet file per dataset with the rows of all documents, for readers of single files."""

from __future__ import annotations

import json
from pathlib import Path

from styrmatt.export.parquet.footer import footer
from styrmatt.export.parquet.tables import RowsHash
from styrmatt.export.schema.columns import arrow_schema
from styrmatt.export.store.scan import ExtractReader, all_nullable


def write_parquet(extract: ExtractReader, dataset: str, path: Path) -> int:
    """Write a dataset as one file, a row group per document; returns the number of rows."""
    import pyarrow.parquet as pq

    schema = all_nullable(arrow_schema(dataset))
    digest = RowsHash(schema.names)
    sources = {row["document_id"]: row["source_sha256"] for row in extract.documents()}
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_index=True) as writer:
        for batch in extract.batches(dataset):
            writer.write_batch(batch)
            digest.add(batch)
            count += batch.num_rows
        metadata = footer(dataset, digest.hexdigest(), source_sha256s=json.dumps(sources))
        writer.add_key_value_metadata(metadata)
    return count
