#!/usr/bin/env bash
# Prints the path of a Python that has safetensors and numpy, made on first use below .build; prints nothing where none can be
# made, such as without a network. Tests in which Python reads Takt's files use it.
cd "$(dirname "$0")/.."
python="$PWD/.build/python/bin/python"
if ! "$python" -c 'import safetensors, numpy' 2>/dev/null; then
  mkdir -p .build
  { python3 -m venv .build/python && "$python" -m pip install --quiet safetensors numpy; } >/dev/null 2>&1 || exit 0
fi
echo "$python"
