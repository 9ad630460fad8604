#!/usr/bin/env bash
# More to learn from for stages on real pieces: 78 further multi-instrument pieces out of Debian's packages (Simutrans, FreeDink, PlanetBlupi
# and a few others; free licences; unpacked, not installed), and variations of these and of the corpus of `make data` in key, tempo, programs,
# rests and dynamics, all in data/varied. Nothing of it is committed. 5 GB with 8 variations; may be stopped and run again.
#   experiments/prepare-variations.sh [VARIATIONS]      default 8
set -euo pipefail
cd "$(dirname "$0")/.."
variations=${1:-8}
takt=${TAKT:-.build/release/takt}
bash experiments/install-tools.sh corpus
packages=(simutrans-data freedink-data planetblupi-music-midi pinball-table-hurd-data crimson liquidwar-data kobodeluxe-data pianobooster playmidi pangzero)
unpacked=data/packages
mkdir -p "$unpacked"
for package in "${packages[@]}"; do
  [ -f "$unpacked/$package.done" ] && continue
  (cd "$unpacked" && apt-get -o APT::Sandbox::User=root download -qq "$package" && dpkg-deb -x "$package"_*.deb . && rm "$package"_*.deb) ||
    { echo "could not fetch the Debian package $package: as root, run apt-get update, then this script again" >&2; exit 1; }
  touch "$unpacked/$package.done"
done
share=$unpacked/usr/share
"$takt" tracks corpus --folder data/varied/real-midi --variations "$variations"
"$takt" tracks corpus --folder data/varied/more-midi --variations "$variations" \
  "$share/games/simutrans/music" "$share/games/dink/dink/Sound" "$share/planetblupi/music" "$share/games/pinball/hurd" \
  "$share/games/crimson/music" "$share/games/liquidwar/music" "$share/kobo-deluxe/sfx" "$share/doc/pianobooster/courses/BoosterMusic" \
  "$share/doc/playmidi/examples" "$share/perl5/auto/share/dist/Games-PangZero"
