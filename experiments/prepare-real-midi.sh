#!/usr/bin/env bash
# A corpus of real multi-instrument pieces: Freedoom's music (BSD-style licence) and OpenMSX (GPL-2), from Debian's packages,
# rendered by FluidSynth. Nothing of it is committed. May be stopped and run again.
set -euo pipefail
cd "$(dirname "$0")/.."
bash experiments/install-tools.sh corpus
exec .build/release/takt tracks corpus --folder data/real-midi "$@"
