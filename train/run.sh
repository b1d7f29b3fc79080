#!/bin/sh
# From a data folder to model/english.bin: train/run.sh DATA WORK [options of train.py]
# Every step writes into WORK; train.py goes on from its last checkpoint when the command is given again.
set -e
data=$1
work=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
npx node "$here/prepare.ts" "$data" "$work/prepared"
mkdir -p "$work/rules"
npx node "$here/segment.ts" "$data" "$work/rules"
npx node "$here/lemmas.ts" "$data" "$work/rules"
"${PYTHON:-python3}" "$here/train.py" "$work/prepared" "$work/network" --passes 30 --rate 2.5e-3 --sets wnut=0.4 --bf16 "$@"
npx node "$here/pack.ts" "$work/prepared" "$work/network" "$work/rules" "$here/../model/english.bin"
