#!/usr/bin/env bash
# The traditional script: for each case two curls, jq -S, diff. Prints how many bodies differ.
set -u
cases=$1 rust=$2 go=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
differ=0
while IFS= read -r line; do
  path=$(jq -r .request.path <<<"$line")
  body=$(jq -c .request.json <<<"$line")
  for side in a b; do
    url=$([ $side = a ] && echo "$rust" || echo "$go")
    curl -s -X POST -H 'content-type: application/json' --data "$body" "$url$path" | jq -S . >"$work/$side"
  done
  diff -q "$work/a" "$work/b" >/dev/null || differ=$((differ + 1))
done <"$cases"
echo "$differ"
