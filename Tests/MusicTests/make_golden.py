"""Makes Golden/*.mid, ten short pieces, and Golden/lanes.jsonl, their lanes from pretty_midi's notes.

    $(bash experiments/python.sh pretty_midi mido) Tests/MusicTests/make_golden.py
"""

import os
import random
import subprocess
import sys

import mido

here = os.path.dirname(os.path.abspath(__file__))
golden = os.path.join(here, "Golden")


def piece(seed):
    """Two to five channels of notes with rests; later seeds add pedals, swells, tempo changes, shared channels, doubled keys."""
    draw = random.Random(seed)
    song = mido.MidiFile(type=1, ticks_per_beat=draw.choice([96, 120, 480]))
    beat = song.ticks_per_beat
    first = mido.MidiTrack()
    now = 0
    for tick in sorted(draw.sample(range(1, 60), 3 if seed % 3 == 1 else 0)):
        first.append(mido.MetaMessage("set_tempo", tempo=draw.randrange(300_000, 900_000), time=tick * beat - now))
        now = tick * beat
    song.tracks.append(first)
    for channel in [9, *draw.sample([c for c in range(16) if c != 9], draw.randrange(1, 5))]:
        events = [(0, mido.Message("program_change", channel=channel, program=draw.randrange(128)))] if channel != 9 else []
        tick = draw.randrange(0, 8) * beat
        while tick < 64 * beat:
            key = draw.randrange(36, 90)
            length = draw.choice([beat // 4, beat // 2, beat, 3 * beat]) if channel != 9 else beat // 8
            events.append((tick, mido.Message("note_on", channel=channel, note=key, velocity=draw.randrange(20, 127))))
            if seed == 8 and draw.random() < 0.1:
                events.append((tick + length // 2, mido.Message("note_on", channel=channel, note=key, velocity=90)))
            events.append((tick + length, mido.Message("note_off", channel=channel, note=key, velocity=0)))
            tick += length + draw.choice([0, 0, 0, 0, beat, 3 * beat, 4 * beat, 9 * beat])
            if seed % 4 == 2 and draw.random() < 0.3:
                events.append((tick - beat // 5, mido.Message("control_change", channel=channel, control=64, value=draw.choice([0, 127]))))
            if seed % 5 == 3 and channel != 9 and draw.random() < 0.5:
                events.append((tick - beat // 7, mido.Message("control_change", channel=channel, control=11, value=draw.randrange(0, 40))))
            if seed % 4 == 3 and channel != 9 and draw.random() < 0.1:
                events.append((tick, mido.Message("program_change", channel=channel, program=draw.randrange(128))))
        track, now = mido.MidiTrack(), 0
        for tick, message in sorted(events, key=lambda e: (e[0], e[1].type != "note_off")):
            track.append(message.copy(time=tick - now))
            now = tick
        track.append(mido.MetaMessage("end_of_track", time=0))
        song.tracks.append(track)
    return song


os.makedirs(golden, exist_ok=True)
names = [os.path.join(golden, f"piece-{seed}.mid") for seed in range(10)]
for seed, name in enumerate(names):
    piece(seed).save(name)
with open(os.path.join(golden, "lanes.jsonl"), "w") as out:
    script = os.path.join(here, "..", "long", "midi_lanes.py")
    out.write(subprocess.run([sys.executable, script, *names], check=True, capture_output=True, text=True).stdout)
