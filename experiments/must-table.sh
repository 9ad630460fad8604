#!/usr/bin/env bash
# The table of MusT's stages, arm by arm, on a smaller configuration than the shipped one: the demo's encoder and the composer's
# usual tracks, 1,600 of them, STEPS steps of AdamW in each supervised stage and UPDATES of the RL stage. Runs that are finished are not done
# again, a run that was killed goes on.
#   experiments/must-table.sh [SEED…]        default 1 2 3 4 5; seeds above 3 have the arms of the RL stage only
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=("$@")
[ $# -gt 0 ] || seeds=(1 2 3 4 5)
takt=${TAKT:-.build/release/takt}
runs=${RUNS:-runs/must-table}
corpus=${CORPUS:-data/real-midi}   # where `make data` has put it; without it there are no figures on real pieces
steps=${STEPS:-600}
updates=${UPDATES:-300}
encoder=experiments/demo/checkpoints/encoder.safetensors
untrained=$runs/untrained-encoder/policy.safetensors
usual=(--set tracks.composition.timbres=usual --set tracks.composition.tuning=15 --set tracks.composition.rooms=0.25
  --set tracks.composition.loudness=4 --set tracks.composition.noise=-45 --set tracks.seed=1
  --set tracks.long-share=0 --set tracks.sound-font-share=0 --set "start.encoder=$encoder" --set policy.repeat-times=true
  --set policy.audio-tokens=uniform)
small=("${usual[@]}" --set tracks.train=1600 --set tracks.validation=0 --set tracks.test=0 --set evaluation.every=0
  --set training.checkpoint-every=100 --quiet)

# train NAME FILE OPTION…: one run in its own folder
train() {
  "$takt" train "experiments/must/$2.yaml" --output "$runs/$1" --seed "$seed" "${small[@]}" \
    --set "export=$runs/$1/export.safetensors" "${@:3}"
}
# captions NAME OPTION…, questions NAME STEPS OPTION…: stages 2 and 3
captions() {
  train "$1" 2-captions --set "training.steps=$steps" --set policy.optimizer=adamw --set training.learning-rate.peak=0.002 "${@:2}"
}
questions() {
  train "$1" 3-questions --set "training.steps=$2" --set "training.learning-rate.hold=$(($2 * 2 / 3))" \
    --set policy.optimizer=adamw --set training.learning-rate.peak=0.001 --set training.learning-rate.warmup=20 \
    --set training.learning-rate.floor=0.03 --set 'questions.per-track=[2, 1, 1, 1, 1]' "${@:3}"
}
# untaught NAME OPTION…: a policy as stage 3 would find it
untaught() { questions "$1" 1 --set training.learning-rate.peak=0 --set tracks.train=16 "${@:2}"; }
# stage4 NAME ARM START
stage4() { train "$1" 4-grpo --arm "$2" "$(start "$3")" --set "training.steps=$updates"; }
# start NAME: the policy of that run
start() { echo "--set=start.policy=$runs/$1/policy.safetensors"; }
# The shape of a policy that starts untrained, as in 2-captions.yaml.
untrained_policy=(--set 'start.policy=""' --set policy.times=clock --set policy.maximum-seconds=602 --set policy.listening=full
  --set policy.preceding-tokens=3 --set policy.maximum-text-tokens=256)

# judge NAME OPTION…: greedy answers to all five tasks about 200 held-out composed tracks and about all real pieces but those of the
# validation split, in three parts: no arm has heard any of them
judge() {
  answers "$1" composed "${@:2}"
  [ -d "$corpus" ] || return 0
  for fold in 0 1 2; do
    answers "$1" "pieces-$fold" --set tracks.source=corpus --set "tracks.folder=$corpus" --set tracks.folds=3 --set "tracks.fold=$fold" "${@:2}"
  done
  cat "$runs/$1"/pieces-[012].jsonl > "$runs/$1/pieces.jsonl"
}
answers() {
  [ -s "$runs/$1/$2.jsonl" ] || "$takt" answers evaluate experiments/must/3-questions.yaml --policy "$runs/$1/policy.safetensors" "${usual[@]}" \
    --set tracks.test=200 --set evaluation.samples=0 --answers "$runs/$1/$2.jsonl" --json "${@:3}" > "$runs/$1/$2.json"
}

seed=1
train untrained-encoder 1-encoder --set 'start.encoder=""' --set encoder.width=160 --set encoder.feed-forward-width=384 \
  --set training.steps=1 --set training.learning-rate.peak=0
for seed in "${seeds[@]}"; do
  captions "captions-$seed"
  questions "captions-qa-$seed" "$steps" "$(start "captions-$seed")"
  judge "captions-qa-$seed"
  for arm in grpo=main grpo-takt=takt control=control; do
    stage4 "${arm%=*}-$seed" "${arm#*=}" "captions-qa-$seed"
    judge "${arm%=*}-$seed"
  done
  [ "$seed" -le 3 ] || continue
  untaught "base-$seed" "${untrained_policy[@]}"
  judge "base-$seed"
  untaught "captions-only-$seed" "$(start "captions-$seed")"
  judge "captions-only-$seed"
  questions "qa-only-$seed" $((2 * steps)) "${untrained_policy[@]}"
  judge "qa-only-$seed"
  for tokens in silent dynamic; do
    captions "captions-$tokens-$seed" --set "policy.audio-tokens=$tokens"
    questions "$tokens-$seed" "$steps" --set "policy.audio-tokens=$tokens" "$(start "captions-$tokens-$seed")"
    judge "$tokens-$seed" --set "policy.audio-tokens=$tokens"
  done
  captions "captions-untrained-$seed" --set "start.encoder=$untrained"
  questions "without-stage-1-$seed" "$steps" --set "start.encoder=$untrained" "$(start "captions-untrained-$seed")"
  judge "without-stage-1-$seed" --set "start.encoder=$untrained"
done

# Arms beside one another: greedy answers, all five tasks, means over tracks and seeds with 95 % intervals.
python=$(bash experiments/python.sh)
for tracks in composed pieces; do "$python" experiments/must-table.py "$runs" "$tracks" "${seeds[@]}"; done
