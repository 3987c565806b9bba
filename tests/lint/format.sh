#!/usr/bin/env bash
# All C sources are formatted as .clang-format says.
set -u
cd "$(dirname "$0")/../.." || exit 2
command -v clang-format >/dev/null || { echo "SKIPPED: clang-format is not installed"; exit 77; }
mapfile -t files < <(find engine client daemon tools bench tests include -name '*.[ch]' | sort)
complaints=$(clang-format --dry-run -Werror "${files[@]}" 2>&1) && exit 0
echo "run clang-format -i on:"
printf '%s\n' "$complaints" | sed -n 's/^\([^: ]*\.[ch]\):[0-9].*/  \1/p' | sort -u
exit 1
