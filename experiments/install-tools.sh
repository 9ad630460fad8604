#!/usr/bin/env bash
# Installs the Debian packages that Takt builds on, where they are missing, and checks for the Swift compiler.
# `test` adds what the tests render and read with, `corpus` the real pieces.
set -euo pipefail

packages=(libopenblas-dev libsndfile1-dev libmpg123-dev libsimdjson-dev libsqlite3-dev pkg-config)
case "${1:-}" in
  test) packages+=(fluidsynth timgm6mb-soundfont python3-venv) ;;
  corpus) packages+=(fluidsynth timgm6mb-soundfont freedoom openttd-openmsx) ;;
esac
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Takt needs the Debian packages ${missing[*]}: as root, run apt-get install ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
  fi
  echo "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! command -v swift >/dev/null; then
  cat >&2 <<'HELP'
Takt needs the Swift toolchain, 6.2 or later, and there is no `swift` on the PATH.
Debian does not package it. Get it from https://www.swift.org/install/linux/ (Debian 12, x86_64 or aarch64):
unpack the archive, for example to /opt/swift, and add its usr/bin to the PATH:
    export PATH=/opt/swift/usr/bin:$PATH
Then run the command again.
HELP
  exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
if [ "$(printf '%s\n6.2\n' "$version" | sort -V | head -n 1)" != "6.2" ]; then
  echo "Takt needs Swift 6.2 or later; this is $version. See https://www.swift.org/install/linux/" >&2
  exit 1
fi
