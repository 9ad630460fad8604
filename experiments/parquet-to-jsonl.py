#!/usr/bin/env python3
"""Converts a Parquet table, such as MusTBench's, to JSON Lines: one object a row, columns as they are.

    python experiments/parquet-to-jsonl.py mustbench.parquet questions.jsonl
    takt evaluate questions.jsonl answers.jsonl --benchmark mustbench

Needs pyarrow; experiments/python.sh prints a Python that has it.
"""
import json
import sys

import pyarrow.parquet

table, lines = sys.argv[1:]
with open(lines, "w", encoding="utf-8") as output:
    for batch in pyarrow.parquet.ParquetFile(table).iter_batches():
        output.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in batch.to_pylist())
