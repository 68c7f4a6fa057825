# How big the image is, how fast it starts, what it takes while it waits. Sourced by bin/image-test.
# shellcheck shell=bash

readonly RUNS=15

# Why a layer may be large, by where it puts what.
reason() {
  case "$1" in
    *'ADD file'*) echo "Debian itself" ;;
    *'apt-get install'*) echo "ssh, sqlite3, MariaDB's client, CA certificates, tini, and their libraries" ;;
    *' in /usr/local/bin/restic'*) echo "restic, one static Go program" ;;
    *' in /usr/local/bin/rclone'*) echo "rclone, one Go program that speaks some 70 kinds of storage" ;;
    *'sbom.json'*) echo "the bill of materials" ;;
    *' in /opt/java'*) echo "Java 25, the five modules the program uses" ;;
    *' in /usr/local/lib/kamal-backup/'*) echo "the program; and its cache: classes as they lie in memory" ;;
    *' in /'*) echo "MySQL's client with the libraries it was built with; and PostgreSQL's clients" ;;
    *) return 1 ;;
  esac
}

check_layers() {
  local size made total why
  echo "layers of 1 MB and more:"
  while IFS=$'\t' read -r size made; do
    # Podman rounds, and writes the unit behind a blank.
    [[ "$size" == *MB ]] || continue
    why=$(reason "$made") || why=
    printf '  %8s  %s\n' "$size" "${why:-$made}"
    size=${size%%[. ]*}
    [ -n "$why" ] || [ "$size" -lt 20 ] || fail "a layer above 20 MB that nobody gave a reason for: $made"
  done < <(engine history --no-trunc --format '{{.Size}}\t{{.CreatedBy}}' "$IMAGE")
  total=$(engine image inspect --format '{{.Size}}' "$IMAGE")
  printf '  %5d MB  in all\n' $((total / 1000000))
  expect "below 400 MB" [ "$total" -lt 400000000 ]
}

# figures KIND COMMAND: best and median.
figures() {
  awk -v kind="$1" -v command="$2" '$1 == kind && $2 == command { print $3 }' "$work/measured" | sort -n |
    awk '{ all[NR] = $1 } END { print all[1], all[int((NR + 1) / 2)] }'
}

check_speed() {
  local command limit best median plain charged rss verdict
  configured speed "$(sqlite_entry)"
  start speed -v "$work/storage:/data/storage" -v "$PWD/bin/lib/image-stopwatch.sh:/stopwatch:ro" \
    -e BACKUP_ENABLED=false -- sleep 600
  engine exec speed sh /stopwatch "$RUNS" >"$work/measured" 2>/dev/null
  echo "start-up, of $RUNS runs by turns:            median      best   without the cache"
  while read -r command limit; do
    read -r best median <<<"$(figures cached "$command")"
    read -r _ plain <<<"$(figures plain "$command")"
    verdict=
    [ "$median" -le "$limit" ] || verdict="  ABOVE ITS LIMIT"
    printf '  %-38s %5d ms  %5d ms  %5d ms%s\n' "$command, limit $limit ms" "$median" "$best" "$plain" "$verdict"
    # The limit is for a quiet machine, which this need not be; twice as much is no noise.
    expect "$command: the best is not far from the limit" [ "$best" -le $((limit * 2)) ]
    expect "$command: the cache makes it faster" [ "$median" -lt "$plain" ]
  done <<<"version 200
schedule 400"
  engine rm --force --time 0 speed >/dev/null
  start idle -v "$work/storage:/data/storage" -e BACKUP_ENABLED=false
  until_it_answers 20 "the scheduler starts" logs_say idle 'schedule started'
  sleep 5
  # The file of either version of cgroups.
  charged=$(engine exec idle sh -c 'cd /sys/fs/cgroup && cat memory.current 2>/dev/null || cat memory/memory.usage_in_bytes')
  rss=$(awk '/^VmRSS/ { print $2 }' "/proc/$(pid_of idle java)/status")
  printf '  idle: %d MB charged to the container, page cache included; the JVM is resident with %d MB\n' \
    $((charged / 1000000)) $((rss / 1000))
  expect "idle: at most 64 MB charged" [ "$charged" -le 64000000 ]
  engine rm --force --time 5 idle >/dev/null
}
