# A dump far larger than the heap. Sourced by bin/bench.
# shellcheck shell=bash

# Rows of a megabyte each, of which no two are the same: the server keeps them compressed, and pg_dump -Z0 writes them out,
# so that it takes no disk to speak of. Restic sees another chunk in each and compresses it well, too.
heap_dataset() {
  echo "bench: making a PostgreSQL database whose dump has about $heap_mb MB"
  postgres_server
  pg_new_database
  pg psql --quiet --dbname=shop --command="CREATE TABLE entries (id bigint PRIMARY KEY, body text NOT NULL)" \
    --command="INSERT INTO entries SELECT i, repeat(md5(i::text), 31250) FROM generate_series(1, $heap_mb) i"
}

# heap_step KEY WHAT COMMAND: once, for what counts is that it ends, and with how much memory.
heap_step() {
  local from
  : >"$work/hwm"
  from=$(now)
  JAVA_TOOL_OPTIONS=-Xmx48m "$3"
  row "$2 through a heap of 48 MB: JVM, highest resident size, in MB" "$(seconds "$from" "$(now)") s" "" \
    $(($(largest <"$work/hwm") / 1024)) 128 "$1"
}

bench_heap() {
  local dump
  heap_dataset
  fresh_repository
  heap_step heap_backup_peak_mb "PostgreSQL, backup of $heap_mb MB" backup
  dump=$(dumped)
  echo "bench: heap: a dump of $((dump / 1000000)) MB, in a repository of $(($(stored) / 1000000)) MB"
  [ "$((dump / 1000000))" -ge "$heap_mb" ] || { echo "bench: the dump is too small to say anything" >&2 && return 1; }
  heap_step heap_restore_peak_mb "the same, restore of $heap_mb MB" restore
}
