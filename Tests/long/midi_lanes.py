"""Lanes of MIDI files from pretty_midi's notes, beside those that Takt gives.

    midi_lanes.py FILE.mid…                  prints one JSON object a file: {"file", "duration", "lanes"}
    midi_lanes.py --compare TIMELINES FILE…  TIMELINES holds NAME.json, as `takt tracks inspect --json` prints it, for each file NAME

The rules of docs/mustbench.md are written here a second time: programs and labels, pauses under 2 s, 4 s of a struck note, 0.25 s of a
drum, pedals of 3 s at most, what volume and expression make too soft. Notes and times are pretty_midi's. It reads tempi from the first
track only and programs track by track, so that each channel is given to it as a file of one track, in which both follow each other in time.

Exit status 1 where a lane differs and no reason is known.
"""

import io
import json
import os
import sys
import warnings

import mido
import pretty_midi

warnings.simplefilter("ignore")
SOFTEST, RING, BRIDGE, PEDAL, TOLERANCE = 0.05, 0.25, 2.0, 3.0, 0.002
STRUCK = {"piano", "bass", "guitar", "mallets", "harp", "plucked"}
ORDER = "piano bass drums guitar strings flute synth organ mallets harp choir brass reeds plucked effects".split()


def label(program, is_drum):
    if is_drum or program == 47 or 112 <= program <= 119 and program != 114:
        return "drums"
    for name, programs in [
        ("piano", range(0, 8)), ("mallets", [*range(8, 16), 108, 114]), ("organ", range(16, 24)), ("guitar", range(24, 32)),
        ("bass", range(32, 40)), ("harp", [46]), ("strings", [*range(40, 46), 48, 49, 50, 51, 55, 110]), ("choir", [52, 53, 54]),
        ("brass", range(56, 64)), ("reeds", [*range(64, 72), 109, 111]), ("flute", range(72, 80)), ("synth", range(80, 104)),
        ("plucked", range(104, 108)),
    ]:
        if program in programs:
            return name
    return "effects"


def channel_file(midi, channel):
    """One channel with all tempi, as a file of one track."""
    track = mido.MidiTrack()
    now = last = 0
    for message in mido.merge_tracks(midi.tracks):
        now += message.time
        keep = message.type in ("set_tempo", "end_of_track") or getattr(message, "channel", None) == channel
        if keep:
            track.append(message.copy(time=now - last))
            last = now
    one = mido.MidiFile(type=0, ticks_per_beat=midi.ticks_per_beat)
    one.tracks.append(track)
    return one


def reasons(track):
    """What is in a channel that pretty_midi reads in another way than a synthesizer plays it."""
    found, held, now = set(), {}, 0
    for message in track:
        now += message.time
        if message.type == "note_on" and message.velocity > 0:
            if held.get(message.note) is not None:
                found.add("a key goes down twice")
            held[message.note] = now
        elif message.type in ("note_on", "note_off"):
            if held.get(message.note) == now:
                found.add("a note is let go at once")
            held[message.note] = None
        elif message.type == "control_change" and (message.control in (120, 121) or message.control >= 123):
            found.add("notes or controllers are reset")
    if any(start is not None for start in held.values()):
        found.add("a key is never let go")
    return found


def steps(changes, number, start):
    return sorted((c.time, i, c.value) for i, c in enumerate(changes) if c.number == number) or [(0.0, 0, start)]


def value(line, time, start):
    """What stood at a time: changes of the same time are before the note."""
    found = start
    for when, _, what in line:
        if when > time + 1e-9:
            break
        found = what
    return found


def audible(note, start, end, volume, expression):
    """The parts of a note in which it can be heard."""
    times = sorted({start, end, *(t for t, _, _ in volume + expression if start < t < end)})
    parts = []
    for a, b in zip(times, times[1:]):
        loudness = note.velocity / 127 * value(volume, a, 100) / 127 * value(expression, a, 127) / 127
        if loudness >= SOFTEST:
            parts.append([a, b])
    return parts


def channel_intervals(one, channel):
    data = io.BytesIO()
    one.save(file=data)
    data.seek(0)
    song = pretty_midi.PrettyMIDI(data)
    changes = [c for instrument in song.instruments for c in instrument.control_changes]
    volume, expression = steps(changes, 7, 100), steps(changes, 11, 127)
    pedal = [(t, v >= 64) for t, _, v in sorted((c.time, i, c.value) for i, c in enumerate(changes) if c.number == 64)]
    ups = [t for (t, down), before in zip(pedal, [False] + [d for _, d in pedal]) if before and not down]
    intervals, last = {}, 0.0
    for instrument in song.instruments:
        name = label(instrument.program, channel == 9)
        for note in instrument.notes:
            if name == "drums":
                if audible(note, note.start, note.start + 1e-6, volume, expression):
                    intervals.setdefault(name, []).append([note.start, note.start + RING])
                    last = max(last, note.end, note.start + RING)
                continue
            end = note.end
            if value([(t, 0, d) for t, d in pedal], end, False):
                lifted = next((t for t in ups if t > end + 1e-9), one.length)
                end = min(end + PEDAL, lifted)
            parts = audible(note, note.start, end, volume, expression)
            if not parts:
                continue
            last = max(last, end)
            ring = note.start + 4 if name in STRUCK else end
            intervals.setdefault(name, []).extend([a, min(b, ring)] for a, b in parts if a < ring)
    return intervals, last


def lanes(path):
    midi = mido.MidiFile(path, clip=True)
    sounding, why, last = {}, {}, 0.0
    for channel in range(16):
        one = channel_file(midi, channel)
        if not any(m.type == "note_on" for m in one.tracks[0]):
            continue
        intervals, end = channel_intervals(one, channel)
        last = max(last, end)
        found = reasons(one.tracks[0])
        programs = {m.program for m in one.tracks[0] if m.type == "program_change"} or {0}
        for name in {label(p, channel == 9) for p in programs | {0}} | set(intervals):
            why.setdefault(name, set()).update(found)
        for name, parts in intervals.items():
            sounding.setdefault(name, []).extend(parts)
    result = {}
    for name in ORDER:
        joined = []
        for start, end in sorted(sounding.get(name, [])):
            if joined and start - joined[-1][1] < BRIDGE:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        joined = [[a, min(b, last)] for a, b in joined if a < min(b, last)]
        if joined:
            result[name] = joined
    return {"file": os.path.basename(path), "duration": last, "lanes": result}, why


def differences(mine, theirs):
    for name in ORDER:
        one, other = mine.get(name, []), theirs.get(name, [])
        if len(one) != len(other) or any(abs(a - b) > TOLERANCE for p, q in zip(one, other) for a, b in zip(p, q)):
            yield name


def compare(folder, paths):
    same = explained = unknown = files = 0
    for path in paths:
        with open(os.path.join(folder, os.path.basename(path) + ".json")) as text:
            timeline = json.load(text)
        mine = {lane["label"]: [[i["start"], i["end"]] for i in lane["intervals"]] for lane in timeline["lanes"]}
        theirs, why = lanes(path)
        files += 1
        count = len(set(mine) | set(theirs["lanes"]))
        different = list(differences(mine, theirs["lanes"]))
        same += count - len(different)
        for name in different:
            reason = ", ".join(sorted(why.get(name, ()))) or "NO REASON KNOWN"
            explained, unknown = (explained + 1, unknown) if why.get(name) else (explained, unknown + 1)
            a, b = mine.get(name, []), theirs["lanes"].get(name, [])
            first = next(((p, q) for p, q in zip(a, b) if any(abs(x - y) > TOLERANCE for x, y in zip(p, q))), (a[-1:], b[-1:]))
            print(f"{os.path.basename(path)}: {name}: {reason}: Takt {len(a)} stretches, pretty_midi {len(b)}; first {first[0]} {first[1]}")
    print(f"{files} files: {same} lanes agree within {1000 * TOLERANCE:.0f} ms, {explained} differ for stated reasons, {unknown} for none")
    return unknown == 0


if sys.argv[1] == "--compare":
    sys.exit(0 if compare(sys.argv[2], sys.argv[3:]) else 1)
for path in sys.argv[1:]:
    print(json.dumps(lanes(path)[0]))
