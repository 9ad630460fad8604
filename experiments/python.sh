#!/usr/bin/env bash
# Prints the path of a Python that has what the tests read Takt's files with: safetensors, numpy, pyarrow, TensorBoard and an MLflow server.
# It is made on first use below .build; nothing is printed where none can be made, such as without a network.
# Modules that are named are added where they can be had: `make bench` asks for what Takt is compared with.
cd "$(dirname "$0")/.."
python="$PWD/.build/python/bin/python"
has='import sys; from importlib.util import find_spec; sys.exit(any(find_spec(name) is None for name in sys.argv[1:]))'
if ! "$python" -c "$has" safetensors numpy pyarrow tensorboard mlflow flask flask_cors sqlalchemy alembic gunicorn 2>/dev/null; then
  mkdir -p .build
  {
    python3 -m venv .build/python && "$python" -m pip install --quiet \
      safetensors numpy pyarrow tensorboard mlflow-skinny flask flask-cors sqlalchemy alembic gunicorn
  } >/dev/null 2>&1 || exit 0
fi
for module in "$@"; do
  "$python" -c "import $module" 2>/dev/null || "$python" -m pip install --quiet "$module" >/dev/null 2>&1 || true
done
echo "$python"
