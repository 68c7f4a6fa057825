# Measuring two commands against each other. Sourced by bin/bench, which sets work, root and rounds.
# shellcheck shell=bash

now() { date +%s%N; }
seconds() { awk -v from="$1" -v to="$2" 'BEGIN { printf "%.2f", (to - from) / 1e9 }'; }
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
holds() { awk -v value="$1" -v limit="$2" 'BEGIN { exit !(value <= limit) }'; }

rows=() results=() broken=
# row WHAT A B VALUE LIMIT KEY: a line of the table, and of the JSON.
row() {
  local verdict=held
  holds "$4" "$5" || { verdict=BROKEN && broken=yes; }
  rows+=("| $1 | $2 | $3 | $4 | $5 | $verdict |")
  results+=("\"$6\":{\"value\":$4,\"limit\":$5}")
}

# compare KEY WHAT FIXED LIMIT BEFORE A B: runs A and B in turn, BEFORE before each. FIXED seconds are A's own.
compare() {
  local key=$1 what=$2 fixed=$3 limit=$4 before=$5 round from a b
  : >"$work/a" && : >"$work/b" && : >"$work/ratio"
  for round in $(seq "$rounds"); do
    "$before"
    from=$(now) && "$6" && a=$(seconds "$from" "$(now)")
    "$before"
    from=$(now) && "$7" && b=$(seconds "$from" "$(now)")
    echo "$a" >>"$work/a" && echo "$b" >>"$work/b"
    awk -v a="$a" -v b="$b" -v fixed="$fixed" 'BEGIN { printf "%.3f\n", (a - fixed) / b }' >>"$work/ratio"
    echo "bench: $key, round $round: kamal-backup $a s, plain $b s"
  done
  row "$what: (A - $fixed s) / B" "$(median <"$work/a") s" "$(median <"$work/b") s" "$(median <"$work/ratio")" "$limit" "$key"
}

# difference KEY WHAT LIMIT A B: runs A and B in turn; how many seconds more A takes.
difference() {
  local round from a b
  : >"$work/a" && : >"$work/b" && : >"$work/more"
  for round in $(seq "$rounds"); do
    from=$(now) && "$4" && a=$(seconds "$from" "$(now)")
    from=$(now) && "$5" && b=$(seconds "$from" "$(now)")
    echo "$a" >>"$work/a" && echo "$b" >>"$work/b"
    awk -v a="$a" -v b="$b" 'BEGIN { printf "%.2f\n", a - b }' >>"$work/more"
    echo "bench: $1, round $round: kamal-backup $a s, plain $b s"
  done
  row "$2: A - B, in s" "$(median <"$work/a") s" "$(median <"$work/b") s" "$(median <"$work/more")" "$3" "$1"
}

fresh_repository() {
  rm -rf "$work/repository" "$work/cache" "$work/state"
  RESTIC_REPOSITORY="$work/repository" restic -q init
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
}

# Runs kamal-backup and keeps the highest resident size of its JVM in kB; it only grows, so the last look is the peak.
# Looking must cost nothing, so no program is started for it: reading from a pipe nobody writes to is the pause.
kamal_backup() {
  local pid hwm=0 key value _
  KAMAL_BACKUP_CONFIG="$work/kamal-backup.yml" "$root/bin/kamal-backup" "$@" >"$work/ours.log" 2>&1 &
  pid=$!
  while [ -r "/proc/$pid/status" ]; do
    while read -r key value _; do
      if [ "$key" = VmHWM: ]; then hwm=$value; fi
    done 2>/dev/null <"/proc/$pid/status" || true
    read -r -t 0.2 -u 9 _ || true
  done
  wait "$pid" || { cat "$work/ours.log" >&2 && return 1; }
  echo "$hwm" >>"$work/hwm"
}

backup() { kamal_backup backup; }

# stored: the bytes in the repository.
stored() { du -sb "$work/repository/data" | cut -f 1; }

# Servers refuse to run as root. No function: what is put into the background must be the server itself.
as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp LC_ALL=C.UTF-8)

servers=()
stop_servers() {
  local pid
  for pid in "${servers[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${servers[@]}"; do wait "$pid" 2>/dev/null || true; done
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
