#!/usr/bin/env bash
# Compares the lanes of real MIDI files (Debian's freedoom, openttd-openmsx, planetblupi, pianobooster) with those from pretty_midi's notes.
# Prints what differs and why; fails where no reason is known. Fetches 17 MB; `make check-long` runs it.
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=.build/release/takt
work=.build/midi-lanes
mkdir -p "$work/packages" "$work/midi" "$work/timelines"
(
  cd "$work/packages"
  ls ./*.deb >/dev/null 2>&1 || apt-get download -q freedoom openttd-openmsx planetblupi-music-midi pianobooster
  for package in ./*.deb; do dpkg -x "$package" files; done
)
python="$(bash experiments/python.sh pretty_midi mido)"
[ -n "$python" ] || { echo "midi-lanes: there is no Python with pretty_midi" >&2; exit 1; }
"$python" - "$work" <<'P'
import gzip, os, shutil, struct, sys
work = sys.argv[1]
for folder, _, names in os.walk(os.path.join(work, "packages", "files")):
    for name in names:
        path, lower = os.path.join(folder, name), name.lower()
        target = os.path.join(work, "midi", os.path.basename(folder) + "-" + name.replace(" ", "_"))
        if lower.endswith((".mid", ".midi")):
            shutil.copy(path, os.path.splitext(target)[0] + ".mid")
        elif lower.endswith((".mid.gz", ".midi.gz")):
            with gzip.open(path) as packed, open(target[:-3], "wb") as out:
                out.write(packed.read())
        elif lower.endswith(".wad"):
            data = open(path, "rb").read()
            count, directory = struct.unpack("<ii", data[4:12])
            for index in range(count):
                offset, size, lump = struct.unpack("<ii8s", data[directory + 16 * index:directory + 16 * index + 16])
                lump = lump.split(b"\0")[0].decode()
                if lump.startswith("D_") and data[offset:offset + 4] == b"MThd":
                    with open(os.path.join(work, "midi", f"{name[:-4]}-{lump}.mid"), "wb") as out:
                        out.write(data[offset:offset + size])
P
for file in "$work"/midi/*.mid; do "$takt" tracks inspect --json "$file" >"$work/timelines/$(basename "$file").json"; done
"$python" Tests/long/midi_lanes.py --compare "$work/timelines" "$work"/midi/*.mid
