"""Writes JSON Lines with MusTBench's columns as a Parquet table of the benchmark's schema."""
import json
import sys

import pyarrow
import pyarrow.parquet

text = pyarrow.string()
schema = pyarrow.schema(
    [(name, text) for name in ("id", "track_id", "task", "category", "qa_type", "question", "answer")]
    + [("answers", pyarrow.list_(text)), ("split", text)])
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), sys.argv[2])
