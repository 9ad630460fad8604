"""Prints what Python's safetensors reads in a file: metadata, then name, shape and sum (in millionths) of each tensor."""

import sys

from safetensors import safe_open

with safe_open(sys.argv[1], framework="numpy") as file:
    for key, value in sorted((file.metadata() or {}).items()):
        print(f"metadata {key}={value}")
    for name in sorted(file.keys()):
        tensor = file.get_tensor(name)
        print(name, list(tensor.shape), round(float(tensor.astype("float64").sum()) * 1e6))
