#!/usr/bin/env bash
# usage: command.sh MTCHECK
# What docs/RULES.md promises of `mtcheck --test-rules`, `rule new` and `rule show`.
set -u
mtcheck=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
failures=0

# expect CODE TEXT COMMAND…: the exit code, and a text that must be in the output
expect() {
    local code=$1 text=$2 output
    shift 2
    output=$("$@" 2>&1)
    local got=$?
    if [ "$got" -ne "$code" ] || [[ $output != *"$text"* ]]; then
        printf 'wanted %s with "%s" from: %s\ngot %s: %s\n' "$code" "$text" "$*" "$got" "$output"
        failures=$((failures + 1))
    fi
}

# The worked example, before and after its exception.
expect 0 "1 rules, 6 examples: 0 not" "$mtcheck" --test-rules "$here/worked"
expect 0 "1 rules, 6 examples: 0 not" "$mtcheck" --test-rules "$here/worked/rules.d"
mkdir -p "$work/before/rules.d"
sed '/unless:/,+1d' "$here/worked/rules.d/house.yaml" > "$work/before/rules.d/house.yaml"
expect 1 "found:    A [strong rain] jacket" "$mtcheck" --test-rules "$work/before"
expect 1 "rules.d/house.yaml:17: house.strong-rain, right example 2" \
    "$mtcheck" --test-rules "$work/before"

# Too few examples.
mkdir -p "$work/few/rules.d"
sed '/Strong snowfall/d' "$here/worked/rules.d/house.yaml" > "$work/few/rules.d/house.yaml"
expect 1 "has 2 wrong and 3 right examples; it needs 3 of each" \
    "$mtcheck" --test-rules "$work/few"

# The example with grammar, and what docs/RULES.md shows of its sentence.
expect 0 "1 rules, 6 examples: 0 not" "$mtcheck" --test-rules "$here/worked-grammar"
expect 0 "police          NOUN" \
    "$mtcheck" rule show "The head of the police says that the road is closed."
expect 2 "wants a text" "$mtcheck" rule show
expect 2 "cannot be opened" "$mtcheck" rule show --data-dir "$here" "A text."
mkdir -p "$work/bare/rules.d"
sed 's/, relation: nsubj//' "$here/worked-grammar/rules.d/house.yaml" \
    > "$work/bare/rules.d/house.yaml"
expect 1 "right example 2: something was found" "$mtcheck" --test-rules "$work/bare"

# The skeleton runs as it is.
mkdir -p "$work/new/rules.d"
"$mtcheck" rule new house.first > "$work/new/rules.d/house.yaml"
expect 0 "1 rules, 6 examples: 0 not" "$mtcheck" --test-rules "$work/new"
expect 2 "family.name" "$mtcheck" rule new Wrong

# What cannot be run is told with its place.
printf -- '- id: quotes.unpaired\n  severty: major\n' > "$work/new/rules.d/house.yaml"
expect 2 "house.yaml:2:3: " "$mtcheck" --test-rules "$work/new"
expect 2 "there is no such folder" "$mtcheck" --test-rules "$work/none"
expect 2 "holds neither" "$mtcheck" --test-rules "$work"
exit $((failures > 0))
