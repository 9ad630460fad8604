#!/usr/bin/env bash
# Policies in another process through protocol 2 and the package in python/: its own tests; `takt policy check` on good workers and on one that is
# broken for each row; GRPO through standard streams, a Unix socket and TCP, the connection cut in between, to one log; killed and gone on with; a
# worker that crashes, hangs, floods, prints, answers half a line or NaN; 200 MB of checkpoint in a folder; a question file asked of a server on
# loopback, killed and gone on with to the same answers and scores.
#
#   Tests/checks/policies.sh [PART]      check, transports, resume, faults, folder, ask; default all
#
# TAKT names another executable than .build/release/takt, TAKT_PYTHON a Python with numpy.
set -euo pipefail
cd "$(dirname "$0")/../.."
takt=${TAKT:-$PWD/.build/release/takt}
python=${TAKT_PYTHON:-$(bash experiments/python.sh)}
[ -n "$python" ] || { echo "check-policies: no Python with numpy (experiments/python.sh)" >&2; exit 1; }
part=${1:-all}
folder=$(mktemp -d)
mark=takt-check-$$-$RANDOM
export TAKT_INDEX=off TAKT_CACHE=$folder/cache CHECK_MARK=$mark PYTHONDONTWRITEBYTECODE=1
workers=()
left() { # processes of this check that run Python, but for its own
  local environ pid
  for environ in /proc/[0-9]*/environ; do
    pid=${environ#/proc/}
    pid=${pid%/environ}
    grep -qzxF "CHECK_MARK=$mark" "$environ" 2>/dev/null || continue
    case $(tr '\0' ' ' < "/proc/$pid/cmdline" 2>/dev/null || true) in *_worker.py*|*_policy.py*|*_policies.py*|*takt_rl.endpoint*|*time.sleep*) echo "$pid" ;; esac
  done
}
trap 'for pid in $(left) ${workers[@]+"${workers[@]}"}; do kill -9 "$pid" 2>/dev/null || true; done; rm -rf "$folder"' EXIT
fail() { echo "check-policies: $*" >&2; exit 1; }
says() { grep -qF -- "$1" "$2" || { echo "check-policies: expected: $1" >&2; cat "$2" >&2; exit 1; }; }
await_none() { # WHAT
  for _ in $(seq 200); do
    [ -n "$(left)" ] || return 0
    sleep 0.1
  done
  for pid in $(left); do tr '\0' ' ' < "/proc/$pid/cmdline" >&2; done
  fail "left $1"
}

# What pip leaves beside it is none of the project's.
if git rev-parse --git-dir > /dev/null 2>&1; then
  for left in python/build/lib/takt_rl/__init__.py python/takt_rl.egg-info/PKG-INFO; do
    git check-ignore -q "$left" || fail "$left is not ignored by git"
  done
fi
# The package as pip installs it; built from a copy, as setuptools builds beside what it reads.
mkdir -p "$folder/source"
cp -r python/takt_rl python/pyproject.toml python/README.md "$folder/source/"
"$python" -m pip install --quiet --no-deps --disable-pip-version-check --target "$folder/site" "$folder/source" > "$folder/pip.txt" 2>&1 \
  || { cat "$folder/pip.txt" >&2; fail "the package cannot be installed"; }
export PYTHONPATH=$folder/site
"$python" -m unittest discover python/tests > "$folder/unittest.txt" 2>&1 || { cat "$folder/unittest.txt" >&2; fail "python/tests"; }

cat > "$folder/run.yaml" <<YAML
name: check
stage: reinforcement
policy: {kind: external, command: [$python, Tests/checks/faulty_worker.py], timeout: 60}
tracks: {train: 12, validation: 2, test: 2}
questions: {tasks: [tsg], per-track: [1]}
rewards: [{reward: onset-error, scale: 15, credit: span}, {reward: unreadable, weight: -1}]
algorithm: {algorithm: grpo, kl: {coefficient: 0.01}}
training: {steps: 8, tracks: 4, completions: 4, maximum-tokens: 4, checkpoint-every: 2, learning-rate: {peak: 0.05, shape: constant}}
evaluation: {every: 4}
YAML
train() { # NAME OPTION…
  local name=$1
  shift
  "$takt" train "$folder/run.yaml" --output "$folder/$name" "$@" > "$folder/$name.txt" 2>&1
}
log_of() { sed -E 's/"time\/[^"]*":[^,}]*,?//g; s/,}/}/' "$1/log.jsonl"; }
same() { # NAME: the run left what the one through standard streams left
  [ -f "$folder/whole/log.jsonl" ] || train whole || { cat "$folder/whole.txt" >&2; fail "the run through standard streams"; }
  diff <(log_of "$folder/whole") <(log_of "$folder/$1") > "$folder/difference.txt" || { head -5 "$folder/difference.txt" >&2; fail "$1: the logs differ"; }
  for file in policy.bin rollouts.bin evaluation.jsonl; do cmp "$folder/whole/$file" "$folder/$1/$file" || fail "$1: $file differs"; done
  [ "$(ls "$folder/$1/policy-checkpoints" | wc -l)" -le 2 ] || fail "$1: more than two checkpoints are kept: $(ls "$folder/$1/policy-checkpoints")"
}
listen() { # ADDRESS: a worker of its own there
  "$python" Tests/checks/faulty_worker.py --listen "$1" > "$folder/listen.txt" 2>&1 &
  workers+=($!)
}
end_workers() {
  for pid in ${workers[@]+"${workers[@]}"}; do kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; done
  workers=()
}

if [ "$part" = all ] || [ "$part" = check ]; then
  for worker in linear listening minimal; do
    "$takt" policy check -- "$python" "python/examples/${worker}_policy.py" > "$folder/check.txt" 2>/dev/null || { cat "$folder/check.txt" >&2; fail "the good worker $worker"; }
    says "0 are not" "$folder/check.txt"
  done
  says "14 of 15 promises are kept" "$folder/check.txt"
  while IFS='|' read -r way row; do
    status=0
    "$takt" policy check -- "$python" python/tests/broken_policies.py "$way" > "$folder/check.txt" 2>/dev/null || status=$?
    [ "$status" -eq 1 ] || { cat "$folder/check.txt" >&2; fail "$way: code $status"; }
    says "NOT KEPT  $row" "$folder/check.txt"
  done <<'WAYS'
Silent|completions have the shape that was asked for
WrongPlaces|completions have the shape that was asked for
BatchSeeds|a completion depends on its prompt, its seed and its number alone
LoudGreed|temperature 0 and a small top-p take the likeliest tokens
SpecialTokens|every token, the ending one too, is scored as it was sampled
SharedBatch|outputs depend on a prompt and its completion alone
AnyToken|tokens outside the vocabulary are refused
RowMean|gradients are sums over completions and calls, linear in the derivatives
RankMean|the gradient has the size of the loss's slope
Unclipped|clipping scales the gradient, whose norm is told before it
Uphill|updates go down the gradient
MovingCopy|a frozen copy does not move
LostOptimiser|a checkpoint brings back the state, so that the next steps are the same
TakesNaN|what is not finite is refused and moves nothing
NaNNorm|gradients are sums over completions and calls, linear in the derivatives
Dies|tokens outside the vocabulary are refused
WrongWords|a reference answer can be written and taught
Deaf|what it answers depends on the recording
HeedsNoChange|what it answers depends on the recording
WAYS
  # What is no number ends no worker; one that ends is started anew, so that the rows after it are looked at.
  "$takt" policy check -- "$python" python/tests/broken_policies.py NaNNorm > "$folder/check.txt" 2>/dev/null || true
  says "refused call" "$folder/check.txt"
  says "'apply' gives norm nan" "$folder/check.txt"
  says "kept      what it answers depends on the recording" "$folder/check.txt"
  "$takt" policy check -- "$python" python/tests/broken_policies.py Dies > "$folder/check.txt" 2>/dev/null || true
  says "ended with exit code 3" "$folder/check.txt"
  says "14 of 15 promises are kept, 1 are not" "$folder/check.txt"
  says "the policy ended once and was started anew for the next row" "$folder/check.txt"
  await_none "by policy check"
  echo "check-policies: takt policy check passes three workers and finds what nineteen break"
fi

if [ "$part" = all ] || [ "$part" = transports ]; then
  train whole || { cat "$folder/whole.txt" >&2; fail "the run through standard streams"; }
  listen "unix:$folder/policy.sock"
  train unix --set "policy={kind: external, address: 'unix:$folder/policy.sock'}" || { cat "$folder/unix.txt" >&2; fail "unix"; }
  same unix
  # The same worker serves the next run, which begins anew, through a connection that is cut again and again.
  "$python" Tests/checks/cutting_proxy.py "$folder/proxy.sock" "unix:$folder/policy.sock" 3 5000 &
  proxy=$!
  for _ in $(seq 100); do [ -S "$folder/proxy.sock" ] && break; sleep 0.05; done
  train cut --set "policy={kind: external, address: 'unix:$folder/proxy.sock'}" || { cat "$folder/cut.txt" >&2; fail "cut"; }
  kill "$proxy"
  wait "$proxy" 2>/dev/null || true
  same cut
  cuts=$(cat "$folder/proxy.sock.cuts")
  [ "$cuts" -ge 5 ] || fail "the connection was cut $cuts times, too few to show anything"
  end_workers
  # Takt starts the worker and connects to it: it ends with the run.
  train started --set "policy={kind: external, command: [$python, Tests/checks/faulty_worker.py], address: 'unix:$folder/started.sock'}" || { cat "$folder/started.txt" >&2; fail "started"; }
  same started
  await_none "by a run that started its listening worker"
  port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  echo "a token of this check" > "$folder/token"
  TAKT_POLICY_TOKEN="a token of this check" listen "tcp://127.0.0.1:$port"
  train tcp --set "policy={kind: external, address: 'tcp://127.0.0.1:$port', token-file: $folder/token}" || { cat "$folder/tcp.txt" >&2; fail "tcp"; }
  same tcp
  if grep -rqF "a token of this check" "$folder/tcp"; then fail "the token is stored in the run"; fi
  TAKT_POLICY_TOKEN=wrong train wrong --set "policy={kind: external, address: 'tcp://127.0.0.1:$port'}" && fail "a wrong token was taken"
  says "the token is not the one that this policy was started with" "$folder/wrong.txt"
  train none --set "policy={kind: external, address: 'tcp://127.0.0.1:$port'}" && fail "no token was taken"
  says "asks for a token: set the variable TAKT_POLICY_TOKEN" "$folder/none.txt"
  end_workers
  train nobody --set "policy={kind: external, address: 'unix:$folder/nobody.sock', timeout: 1}" && fail "nobody answered"
  says "nobody listened at unix:$folder/nobody.sock for 1.0 s" "$folder/nobody.txt"
  echo "check-policies: one log through standard streams, a Unix socket, one that was cut $cuts times, and TCP with a token"
fi

if [ "$part" = all ] || [ "$part" = resume ]; then
  # Takt is killed, again and again.
  kills=0
  for delay in 0.4 0.6 0.8 1.1 1.4 1.8; do
    "$takt" train "$folder/run.yaml" --output "$folder/killed" > "$folder/killed.txt" 2>&1 &
    run=$!
    sleep "$delay"
    kill -9 "$run" 2>/dev/null && kills=$((kills + 1))
    wait "$run" 2>/dev/null || true
  done
  await_none "after kills of takt"
  train killed || { cat "$folder/killed.txt" >&2; fail "killed"; }
  same killed
  # The worker is killed at its third batch and the run started again.
  FAULT=kill train worker && fail "the worker was killed and the run ended well"
  says "was killed by SIGKILL" "$folder/worker.txt"
  says "The run goes on from its checkpoint after 2 steps" "$folder/worker.txt"
  train worker || { cat "$folder/worker.txt" >&2; fail "worker"; }
  says "goes on after 2 of 8 steps" "$folder/worker.txt"
  same worker
  # A listening worker is killed and started anew: the run notices another instance and goes on from its checkpoint by itself.
  (FAULT=kill "$python" Tests/checks/faulty_worker.py --listen "unix:$folder/again.sock" || true
    exec "$python" Tests/checks/faulty_worker.py --listen "unix:$folder/again.sock") > "$folder/again-worker.txt" 2>&1 &
  workers+=($!)
  train again --set "policy={kind: external, address: 'unix:$folder/again.sock'}" || { cat "$folder/again.txt" >&2; fail "again"; }
  says "was started anew while it was asked" "$folder/again.txt"
  says "goes on after 2 of 8 steps" "$folder/again.txt"
  same again
  for pid in $(left); do kill "$pid" 2>/dev/null || true; done
  end_workers
  # Supervised, from recordings that are rendered for it, killed in between, and the control that hears them shuffled.
  cat > "$folder/taught.yaml" <<YAML
name: taught
stage: questions
policy: {kind: external, command: [$python, python/examples/listening_policy.py], timeout: 60}
tracks: {train: 8, validation: 2, test: 2}
questions: {tasks: [tsg], per-track: [1]}
training: {steps: 6, tracks: 4, checkpoint-every: 2, learning-rate: {peak: 0.05, shape: constant}}
evaluation: {every: 3}
YAML
  teach() { "$takt" train "$folder/taught.yaml" --output "$folder/$1" "${@:2}" > "$folder/$1.txt" 2>&1; }
  teach taught || { cat "$folder/taught.txt" >&2; fail "a supervised run"; }
  teach taught-killed &
  run=$!
  sleep 1.5
  kill -9 "$run" 2>/dev/null || true
  wait "$run" 2>/dev/null || true
  teach taught-killed || { cat "$folder/taught-killed.txt" >&2; fail "a supervised run that was killed"; }
  diff <(log_of "$folder/taught") <(log_of "$folder/taught-killed") > /dev/null || fail "a supervised run that was killed has another log"
  cmp "$folder/taught/evaluation.jsonl" "$folder/taught-killed/evaluation.jsonl"
  teach taught-deaf --set policy.perturb=shuffled || { cat "$folder/taught-deaf.txt" >&2; fail "the control"; }
  if cmp -s "$folder/taught/policy.bin" "$folder/taught-deaf/policy.bin"; then fail "shuffled recordings teach the same"; fi
  await_none "by supervised runs"
  # A damaged checkpoint is not taken.
  cp -r "$folder/whole" "$folder/damaged"
  rm "$folder/damaged/policy.bin" "$folder/damaged/evaluation.jsonl"
  for file in "$folder"/damaged/policy-checkpoints/*/state.bin; do printf x | dd of="$file" bs=1 seek=99 conv=notrunc status=none; done
  train damaged && fail "a damaged checkpoint was restored"
  says "is damaged, its digest is not that of the manifest" "$folder/damaged.txt"
  echo "check-policies: to the same log after $kills kills of takt and two of the worker, one of which the run went on from by itself"
fi

if [ "$part" = all ] || [ "$part" = faults ]; then
  while IFS='|' read -r fault message; do
    FAULT=$fault train "fault-$fault" --set policy.timeout=3 && fail "$fault: the run ended well"
    [ -z "$(left)" ] || fail "$fault: left $(left)"
    says "$message" "$folder/fault-$fault.txt"
    count=$(grep -c '^Error' "$folder/fault-$fault.txt" || true)
    [ "$count" -eq 1 ] || { cat "$folder/fault-$fault.txt" >&2; fail "$fault: $count messages"; }
  done <<'FAULTS'
crash|ended with exit code 1 and left 'sample' unanswered
exception|'sample': RuntimeError: CUDA error: out of memory
hang|gave no answer to 'sample' for 3.0 s. Raise policy.timeout
flood|where a line answers 'sample'
half|bytes without the end of a line, '{"id": 3, "completions": ['
nan|refused call
raw-nan|with what answers none of them: '{"id": NaN
print-there|'loading shards: 100 %'
FAULTS
  # What it cannot do is said before the first sample, with the remedy.
  refused() { # MESSAGE OPTION…
    local message=$1
    shift
    train refused "$@" && fail "was not refused: $message"
    says "$message" "$folder/refused.txt"
    if [ -s "$folder/refused/log.jsonl" ]; then fail "the run began before: $message"; fi
    rm -rf "$folder/refused"
  }
  minimal="policy={kind: external, command: [$python, python/examples/minimal_policy.py]}"
  refused "does not say: have sample give text offsets" --set "$minimal"
  refused "does not say that it perturbs recordings" --set policy.perturb=shuffled
  listening="policy={kind: external, command: [$python, python/examples/listening_policy.py]}"
  refused "hears at most 64.0 s and composed-" --set "$listening" --set tracks.composition.longest=100 --set tracks.composition.shortest=70
  FAULT=print train fault-print || { cat "$folder/fault-print.txt" >&2; fail "what is printed ends a run"; }
  same fault-print
  says "and one of a child" "$folder/fault-print/policy.log"
  FAULT=slow train fault-slow --set policy.timeout=3 || { cat "$folder/fault-slow.txt" >&2; fail "a worker that shows that it is at work was ended"; }
  await_none "by faulty workers"
  # Answers with tenths, as docs/own-data.md has them, are taught in whole seconds, and the log says so; what cannot be written is named.
  "$python" -c "
import wave
for number in 1, 2:
    with wave.open(f'$folder/song{number}.wav', 'wb') as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(8000), file.writeframes(bytes([number, 0]) * 8000 * 80)"
  asked() { # ANSWER: two lines of questions, of a track each
    for number in 1 2; do
      echo "{\"id\": \"q$number\", \"track_id\": \"song$number\", \"task\": \"tsg\", \"category\": \"onset\", \"question\": \"When?\", \"answers\": [$1], \"audio\": {\"path\": \"$folder/song$number.wav\"}}" > "$folder/asked$number.jsonl"
    done
  }
  asked 31.2
  cat > "$folder/numeric.yaml" <<YAML
name: numeric
stage: questions
policy: {kind: external, command: [$python, python/examples/linear_policy.py], timeout: 60}
tracks: {source: questions, train: [$folder/asked1.jsonl], validation: [$folder/asked2.jsonl], test: [$folder/asked2.jsonl]}
questions: {tasks: [tsg], per-track: [1]}
training: {steps: 2, tracks: 1}
evaluation: {every: 0}
YAML
  "$takt" train "$folder/numeric.yaml" --output "$folder/numeric" > "$folder/numeric.txt" 2>&1 || { cat "$folder/numeric.txt" >&2; fail "answers with tenths"; }
  says "times are taught at their nearest whole second, the first '0:31.2' as '0:31'" "$folder/numeric/policy.log"
  asked 70.5
  "$takt" train "$folder/numeric.yaml" --output "$folder/unwritable" > "$folder/unwritable.txt" 2>&1 && fail "an answer that cannot be written was taught"
  says "the question 'q1' (task tsg, track song1) has the answer '1:10.5', which the policy cannot write" "$folder/unwritable.txt"
  says "questions.tasks, categories, answers-from, answers-to" "$folder/unwritable.txt"
  echo "check-policies: crashes, hangs, floods, half lines and NaN end in one message each and leave nothing; printing and slow work do not end a run"
fi

if [ "$part" = all ] || [ "$part" = folder ]; then
  ticks() { # MEGABYTES: processor time of Takt alone for a run of one step with two checkpoints, or for what is left of it
    MEGABYTES=$1 "$takt" train "$folder/run.yaml" --output "$folder/size$1" --set training.steps=1 --set evaluation.every=0 > "$folder/size$1.txt" 2>&1 &
    local run=$! last=0 now
    while now=$(awk '{ print $14 + $15 }' "/proc/$run/stat" 2>/dev/null) && [ -n "$now" ]; do
      last=$now
      sleep 0.02
    done
    wait "$run" || { cat "$folder/size$1.txt" >&2; exit 1; }
    echo "$last"
  }
  small=$(ticks 0)
  large=$(ticks 200)
  seconds=$(awk "BEGIN { printf \"%.2f\", ($large - $small) / $(getconf CLK_TCK) }")
  awk "BEGIN { exit !($seconds < 2) }" || fail "two checkpoints of 200 MB cost $seconds s of processor time, more than 2"
  [ "$(du -sm "$folder/size200/policy-checkpoints" | cut -f 1)" -lt 420 ] || fail "more than two checkpoints of 200 MB are kept"
  # Verified and restored: the finished run's policy is scored again.
  rm "$folder/size0/evaluation.jsonl" "$folder/size200/evaluation.jsonl"
  small=$(ticks 0)
  large=$(ticks 200)
  says "restored from" "$folder/size200.txt"
  restored=$(awk "BEGIN { printf \"%.2f\", ($large - $small) / $(getconf CLK_TCK) }")
  awk "BEGIN { exit !($restored < 2) }" || fail "a restore of 200 MB costs $restored s of processor time, more than 2"
  echo "check-policies: two checkpoints of 200 MB in folders cost $seconds s of Takt's processor time, one that is verified and restored $restored s"
fi

if [ "$part" = all ] || [ "$part" = ask ]; then
  mkdir "$folder/ask"
  "$python" - "$folder/ask" << 'PY'
import json, random, struct, sys, wave
folder, stream = sys.argv[1], random.Random(3)
with wave.open(f"{folder}/noise.wav", "wb") as file:
    file.setparams((1, 2, 8000, 0, "NONE", ""))
    file.writeframes(b"".join(struct.pack("<h", stream.randint(-9000, 9000)) for _ in range(40 * 8000)))
def question(number, words):
    audio = {"path": "noise.wav", "start": number % 30, "end": number % 30 + 8}
    return json.dumps({"id": f"q{number}", "track_id": f"noise@{number}", "task": "TSG", "category": "onset", "question": words,
                       "answers": ["0:04"], "audio": audio, "duration": 8}) + "\n"
whole = [question(number, "When does the piano enter?") for number in range(40)]
files = {"questions": whole, "others": whole[:-1] + [question(39, "When do the drums enter?")],
         "refused": whole[:9] + [question(9, "refuse this one")] + whole[10:20], "long": whole[:1]}
for name, lines in files.items():
    open(f"{folder}/{name}.jsonl", "w").write("".join(lines))
PY
  "$python" python/tests/chat_server.py "$folder/ask/port" 0.05 &
  workers+=($!)
  for _ in $(seq 100); do [ -f "$folder/ask/port" ] && break; sleep 0.05; done
  export OPENAI_API_KEY=sk-of-this-check
  ask() { # QUESTIONS COMPLETIONS OPTION…
    "$takt" answers evaluate "$folder/ask/$1.jsonl" "$folder/ask/$2.jsonl" --name loopback --json --batch 8 "${@:3}" -- \
      "$python" -m takt_rl.endpoint --url "http://127.0.0.1:$(cat "$folder/ask/port")/v1" --model "${MODEL:-loopback}" --backoff 0.01 --retries 2 \
      > "$folder/ask/$2.json" 2> "$folder/ask/$2.txt"
  }
  asked() { sleep 0.5; cat "$folder/ask/port.count"; }
  ask questions whole || { cat "$folder/ask/whole.txt" >&2; fail "a question file and a server"; }
  [ "$(wc -l < "$folder/ask/whole.jsonl")" -eq 40 ] || fail "$(wc -l < "$folder/ask/whole.jsonl") of 40 answers are kept"
  "$takt" answers evaluate "$folder/ask/questions.jsonl" "$folder/ask/whole.jsonl" --name loopback --json | cmp - "$folder/ask/whole.json" \
    || fail "the answers are scored otherwise than those of a file"
  before=$(asked)
  [ "$before" -eq 40 ] || fail "40 questions cost $before requests"
  ask questions broken &
  process=$!
  for _ in $(seq 600); do
    [ "$(wc -l 2>/dev/null < "$folder/ask/broken.jsonl" || echo 0)" -ge 8 ] && break
    sleep 0.01
  done
  child=$(pgrep -P "$process" -x takt || true)
  kill -9 "${child:-$process}" || fail "all were asked before the kill"
  wait "$process" 2>/dev/null || true
  await_none "by a kill of takt answers evaluate"
  count=$(wc -l < "$folder/ask/broken.jsonl")
  [ "$count" -lt 40 ] || fail "all were asked before the kill"
  printf '{"asked":"0123' >> "$folder/ask/broken.jsonl"
  before=$(asked)
  ask questions broken || { cat "$folder/ask/broken.txt" >&2; fail "it does not go on"; }
  says "has $count of 40 answers; $((40 - count)) questions are asked" "$folder/ask/broken.txt"
  [ $(($(asked) - before)) -eq $((40 - count)) ] || fail "$((40 - count)) questions cost $(($(asked) - before)) requests"
  for file in jsonl json; do cmp "$folder/ask/whole.$file" "$folder/ask/broken.$file" || fail "$file differs after a kill"; done
  # Answers of other questions, of another model, with other options, and files of others stay as they are.
  wrong() { # MESSAGE QUESTIONS OPTION…
    cp "$folder/ask/whole.jsonl" "$folder/ask/wrong.jsonl"
    ask "$2" wrong "${@:3}" && fail "was not refused: $1"
    says "$1" "$folder/ask/wrong.txt"
    cmp "$folder/ask/whole.jsonl" "$folder/ask/wrong.jsonl"
  }
  wrong "'q39' was another question then, or it was asked with other options" others
  wrong "'q0' was another question then, or it was asked with other options" questions --maximum-tokens 9
  wrong "'q1' is the id of no question that is asked in" long
  MODEL=another wrong "'q0' was answered by 'loopback', and 'another' is asked now" questions
  echo '{"id": "q0", "completion": "0:04"}' > "$folder/ask/foreign.jsonl"
  ask questions foreign && fail "completions of another program were added to"
  says "foreign.jsonl:1: is no answer that this command has written" "$folder/ask/foreign.txt"
  # A question that the server refuses ends it, the others' answers are kept; or it is left out and counted.
  ask refused some && fail "a refused question ended well"
  says "question 'q9': http://127.0.0.1" "$folder/ask/some.txt"
  says "answers 400: audio is too long" "$folder/ask/some.txt"
  [ "$(wc -l < "$folder/ask/some.jsonl")" -eq 15 ] || fail "the answers beside a refused one are not kept"
  ask refused some --skip-refused || { cat "$folder/ask/some.txt" >&2; fail "--skip-refused"; }
  says "left out 1 that loopback refused" "$folder/ask/some.txt"
  [ "$(wc -l < "$folder/ask/some.jsonl")" -eq 19 ] || fail "the rest was not asked"
  ask questions wav --wav || { cat "$folder/ask/wav.txt" >&2; fail "--wav"; }
  if cmp -s "$folder/ask/whole.json" "$folder/ask/wav.json"; then fail "--wav hands over the same sound"; fi
  # It cannot be trained, and says so before anything is sampled.
  endpoint="policy={kind: external, command: [$python, -m, takt_rl.endpoint, --url, 'http://127.0.0.1:1/v1', --model, loopback]}"
  train endpoint --set "$endpoint" && fail "a server was trained"
  says "says capabilities.gradients false: it answers and cannot be trained" "$folder/endpoint.txt"
  "$takt" policy check -- "$python" -m takt_rl.endpoint --url http://127.0.0.1:1/v1 --model loopback > "$folder/check.txt" 2>&1 && fail "a server was checked"
  says "it answers alone" "$folder/check.txt"
  if grep -rqF "$OPENAI_API_KEY" "$folder/ask" "$folder/endpoint.txt"; then fail "the key is stored or printed"; fi
  unset OPENAI_API_KEY
  # Workers of either version answer question files.
  cat > "$folder/ask/old_policy.py" << 'PY'
import json, sys
for line in sys.stdin:
    call = json.loads(line)
    said = {"protocol": 1, "name": "old", "value_head": False}
    if call["call"] == "sample":
        one = {"tokens": [4], "log_probabilities": [-0.5], "values": [], "text": "0:04", "truncated": False}
        said = {"completions": [[one] * request["count"] for request in call["requests"]]}
    print(json.dumps({"id": call["id"], **said}), flush=True)
PY
  for worker in "$folder/ask/old_policy.py" python/examples/listening_policy.py; do
    "$takt" answers evaluate "$folder/ask/questions.jsonl" "$folder/ask/$(basename "$worker").jsonl" -- "$python" "$worker" > "$folder/ask/worker.txt" 2>&1 \
      || { cat "$folder/ask/worker.txt" >&2; fail "$worker"; }
    says "40" "$folder/ask/worker.txt"
  done
  end_workers
  await_none "by takt answers evaluate"
  echo "check-policies: 40 questions asked of a server on loopback, killed after $count and gone on with to the same answers and scores"
fi
