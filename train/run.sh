#!/bin/sh
# From a data folder to model/english.bin: train/run.sh DATA WORK [options of the last training]
# Every step writes into WORK; a training goes on from its last checkpoint when the command is given again.
set -e
data=$1
work=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
run() { script=$1; shift; npx node --max-old-space-size=12000 "$here/$script.ts" "$@"; }
teach() { "${PYTHON:-python3}" "$here/train.py" "$@"; }
mkdir -p "$work/rules"
run segment "$data" "$work/rules"
run lemmas "$data" "$work/rules"

# First from gold alone: 12 passes, some 8 minutes on one core.
run prepare "$data" "$work/gold"
teach "$work/gold" "$work/first" --passes 12 --sets wnut=0.4 --rate 2.5e-3 --dropout 0.15
run pack "$work/gold" "$work/first" "$work/rules" "$work/first.bin"

# Then with what the first makes of raw text, names by the tables, and made-up sentences.
run silver "$work/first.bin" "$work/silver.conllu" \
  "$data/raw/state-releases.jsonl.gz" "$data/raw/wikinews.jsonl" "$data/raw/frus-history.jsonl.gz"
run made-trees "$work/made.conllu"
run prepare "$data" "$work/all" "$work/silver.conllu" "$work/made.conllu"
teach "$work/all" "$work/second" --passes 40 --sets wnut=0.25,silver=0.1,made=0.4 --rate 2e-3 --dropout 0.2 --names 0.7 \
  --start "$work/first" --start-prepared "$work/gold" "$@"
run pack "$work/all" "$work/second" "$work/rules" "$here/../model/english.bin"
