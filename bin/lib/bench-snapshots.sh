# The benchmark of a repository with very many snapshots: what the looking commands take beyond restic's own listing.
# Sourced by bin/bench.
# shellcheck shell=bash

snapshots_count=5000
# That of TestRepository, whose repositories the test class makes.
snapshots_password=canary-repository-7f3a9c

snapshots_plain() {
  RESTIC_REPOSITORY="$work/repository" RESTIC_PASSWORD=$snapshots_password \
    restic -q snapshots --json --tag app:bench >/dev/null
}
snapshots_list() { RESTIC_PASSWORD=$snapshots_password kamal_backup list; }
snapshots_prune() { RESTIC_PASSWORD=$snapshots_password kamal_backup prune --dry-run; }

bench_snapshots() {
  local each
  echo "bench: writing $snapshots_count snapshots"
  rm -rf "$work/repository" "$work/cache" "$work/state"
  java -cp "$jar:kamal-backup-core/target/test-classes" dev.kamalbackup.testing.ManySnapshots \
    "$TOOLS/restic-0.19/restic" "$work/repository" "$snapshots_count"
  settings "{ name: app, adapter: sqlite, path: \"$work/app.sqlite3\" }"
  for each in list prune; do
    difference "snapshots_$each" "$snapshots_count snapshots, \`$each\`" 3 "snapshots_$each" snapshots_plain
  done
}
