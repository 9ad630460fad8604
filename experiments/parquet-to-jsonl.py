#!/usr/bin/env python3
"""Converts a Parquet table, such as MusTBench's, to JSON Lines: one object a row, columns as they are.

    python experiments/parquet-to-jsonl.py mustbench.parquet questions.jsonl
    takt answers evaluate questions.jsonl answers.jsonl --benchmark mustbench

NaN and infinity, which tables hold where a number is missing, become null; bytes, such as those of an audio column, are left out; dates
become text. A value that JSON cannot hold stops the conversion with its row and column, and no file is left.

Needs pyarrow; experiments/python.sh prints a Python that has it.
"""
import json
import math
import os
import sys

import pyarrow.parquet


def plain(value):
    """The value as JSON holds it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if not isinstance(inner, bytes)}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if type(value).__name__ == "Decimal":
        return plain(float(value))
    raise ValueError(f"holds {type(value).__name__}, which JSON has no form for; leave the column out")


def line(row, number):
    """The row, counted from 1, as a line."""
    fields = {}
    for column, value in row.items():
        if isinstance(value, bytes):
            continue
        try:
            fields[column] = plain(value)
        except ValueError as error:
            sys.exit(f"{table}: row {number}, column '{column}' {error}")
    return json.dumps(fields, ensure_ascii=False, allow_nan=False) + "\n"


if len(sys.argv) != 3:
    sys.exit(__doc__)
table, lines = sys.argv[1:]
partial = lines + ".partial"
number = 0
try:
    with open(partial, "w", encoding="utf-8") as output:
        for batch in pyarrow.parquet.ParquetFile(table).iter_batches(batch_size=256):
            for row in batch.to_pylist():
                number += 1
                output.write(line(row, number))
    os.replace(partial, lines)
finally:
    if os.path.exists(partial):
        os.remove(partial)
