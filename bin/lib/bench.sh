# Measuring two commands against each other, and what is said about it. Sourced by bin/bench, which sets work, root,
# rounds and group.
# shellcheck shell=bash

now() { date +%s%N; }
seconds() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.2f", (to - from) / 1e9 }'; }
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
largest() { sort -n | tail -n 1; }
holds() { awk -v value="$1" -v limit="$2" 'BEGIN { exit !(value <= limit) }'; }
calculated() { awk "BEGIN { printf \"$1\", $2 }"; }
# as_list FILE: its lines as a list of JSON; they are numbers.
as_list() { paste -s -d , "$1" 2>/dev/null | sed 's/.*/[&]/'; }

rows=() results=() broken=()
# row WHAT A B VALUE LIMIT KEY [MORE]: a line of the table, and of the JSON, which takes MORE as it is.
row() {
  local verdict=held held=true what=${1//[\"\\]/}
  holds "$4" "$5" || { verdict=BROKEN held=false && broken+=("$6"); }
  rows+=("| $group | $1 | $2 | $3 | $4 | $5 | $verdict |")
  results+=("\"$6\": {\"benchmark\": \"$group\", \"what\": \"$what\", \"value\": $4, \"limit\": $5, \"held\": $held${7:+, $7}}")
  echo "bench: $what: $4, limit $5: $verdict"
}
# sized_row: one that says something of real sizes only. Of small ones it is told and not judged: there seconds are those of
# starting and of whatever else the machine does, and one of restic's pieces is a percent of the dump.
sized_row() {
  row "$@"
  if [ -n "$quick" ] && [ "${broken[*]: -1}" = "$6" ]; then
    unset 'broken[-1]'
    rows[-1]=${rows[-1]/%BROKEN |/too small to judge |}
  fi
}

# compare KEY WHAT FIXED LIMIT BEFORE A B: runs A and B in turn, BEFORE before each. FIXED seconds are A's own.
compare() {
  local key=$1 what=$2 fixed=$3 limit=$4 before=$5 round from a b taken=
  [ "$fixed" = 0 ] || taken=" - $fixed s"
  : >"$work/a" && : >"$work/b" && : >"$work/ratio"
  for round in $(seq "$rounds"); do
    "$before"
    from=$(now) && "$6" && a=$(seconds "$from" "$(now)")
    "$before"
    from=$(now) && "$7" && b=$(seconds "$from" "$(now)")
    echo "$a" >>"$work/a" && echo "$b" >>"$work/b"
    calculated '%.3f\n' "($a - $fixed) / $b" >>"$work/ratio"
    echo "bench: $key, round $round: kamal-backup $a s, plain $b s"
  done
  sized_row "$what: (A$taken) / B" "$(median <"$work/a") s" "$(median <"$work/b") s" "$(median <"$work/ratio")" "$limit" "$key" \
    "\"fixed\": $fixed, \"a_seconds\": $(as_list "$work/a"), \"b_seconds\": $(as_list "$work/b")"
}

# difference KEY WHAT LIMIT A B: runs A and B in turn; how many seconds more A takes.
difference() {
  local round from a b
  : >"$work/a" && : >"$work/b" && : >"$work/more"
  for round in $(seq "$rounds"); do
    from=$(now) && "$4" && a=$(seconds "$from" "$(now)")
    from=$(now) && "$5" && b=$(seconds "$from" "$(now)")
    echo "$a" >>"$work/a" && echo "$b" >>"$work/b"
    calculated '%.2f\n' "$a - $b" >>"$work/more"
    echo "bench: $1, round $round: kamal-backup $a s, plain $b s"
  done
  sized_row "$2: A - B, in s" "$(median <"$work/a") s" "$(median <"$work/b") s" "$(median <"$work/more")" "$3" "$1" \
    "\"a_seconds\": $(as_list "$work/a"), \"b_seconds\": $(as_list "$work/b")"
}

# peak_row WHAT LIMIT KEY: the highest resident size since the list of them was emptied.
peak_row() { row "JVM, highest resident size of $1, in MB" "" "" $(($(largest <"$work/hwm") / 1024)) "$2" "$3"; }

repository() { RESTIC_REPOSITORY="$work/repository" restic -q "$@"; }

fresh_repository() {
  rm -rf "$work/state"
  new_repository
}

# A new repository for who has made backups before, as every day but the first: without a history the size of the last dump
# is asked of the repository.
new_repository() {
  rm -rf "$work/repository" "$work/cache" "$work/state/restic-cache"
  repository init
  # What the round before left unwritten must not be paid for by this one.
  sync
}

# settings DATABASE...: the configuration with these entries of databases.
settings() {
  {
    printf 'app: bench\ndatabases:\n'
    printf '  - %s\n' "$@"
    printf 'restic: { repository: "%s", password: { secret: RESTIC_PASSWORD },\n' "$work/repository"
    # What is compared with does not remove old snapshots either.
    printf '  forget_after_backup: false }\n'
    printf 'state: { path: "%s" }\n' "$work/state"
  } >"$work/kamal-backup.yml"
  # A configuration above the one that is meant would be read for nothing.
  export KAMAL_BACKUP_CONFIG="$work/kamal-backup.yml"
}

# watched PROGRAM ARGUMENT...: runs it, and keeps its highest resident size in kB; it only grows, so the last look is the
# peak. Looking must cost nothing, so no program is started for it: reading from a pipe nobody writes to is the pause.
looks_every=0.1
watched() {
  local hwm=0 key value _
  "$@" >"$work/ours.log" 2>&1 &
  ours=$!
  while [ -r "/proc/$ours/status" ]; do
    while read -r key value _; do
      if [ "$key" = VmHWM: ]; then hwm=$value; fi
    done 2>/dev/null <"/proc/$ours/status" || true
    read -r -t "$looks_every" -u 9 _ || true
  done
  wait "$ours" || { cat "$work/ours.log" >&2 && return 1; }
  ours=
  echo "$hwm" >>"$work/hwm"
}

kamal_backup() { watched "$root/bin/kamal-backup" "$@"; }
backup() { kamal_backup backup; }
restore() { kamal_backup restore local --yes --no-safety-backup; }

# dumped: the bytes of the newest dump. stored: those in the repository.
dumped() { repository snapshots --json latest | grep -o '"total_bytes_processed":[0-9]*' | cut -d : -f 2; }
stored() { du -sb "$work/repository/data" | cut -f 1; }

# However it ends. What was put into the background does not get the terminal's SIGINT.
ours='' servers=()
clean_up() {
  local pid
  for pid in $ours "${servers[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in $ours "${servers[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}

until_it_answers() {
  local try
  for try in $(seq 300); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.2
  done
  echo "bench: no answer after $try tries: $*" >&2
  return 1
}

# The machine, and with what it was measured: as lines of a list.
machine() {
  printf -- '- %s; %s CPUs (%s); %s GB\n' "$(uname -srm)" "$(nproc)" \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(awk '/^MemTotal/ { printf "%.0f", $2 / 1e6 }' /proc/meminfo)"
  printf -- '- %s; %s; SQLite %s\n' "$(java -version 2>&1 | sed -n '2p')" "$(restic version | cut -d ' ' -f 1-2)" \
    "$(sqlite3 --version | cut -d ' ' -f 1)"
  printf -- '- %s, commit %s; %s rounds in turn, medians; size %s MB; load %s before it, %s after\n' "$(date -u +%F)" \
    "$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)" "$rounds" "$size" "$load_before" \
    "$(cut -d ' ' -f 1 /proc/loadavg)"
}

as_markdown() {
  printf '| benchmark | | A: kamal-backup | B: plain | measured | limit | |\n|---|---|---|---|---|---|---|\n'
  printf '%s\n' "${rows[@]}"
  printf '\n'
  machine
}

as_json() {
  local i
  printf '{\n  "machine": [\n'
  machine | sed 's/^- //; s/[\\"]/\\&/g; s/.*/    "&"/; $!s/$/,/'
  printf '  ],\n  "rounds": %s, "size_mb": %s, "quick": %s,\n  "results": {\n' "$rounds" "$size" "${quick:-false}"
  for i in "${!results[@]}"; do
    printf '    %s%s\n' "${results[i]}" "$([ "$i" = $((${#results[@]} - 1)) ] || echo ,)"
  done
  printf '  }\n}\n'
}
