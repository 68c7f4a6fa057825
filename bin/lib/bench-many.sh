# What many databases, files and snapshots cost, and how many processes a run starts. Sourced by bin/bench.
# shellcheck shell=bash

# sqlite_entries N: N tiny databases and their entries of the configuration.
sqlite_entries() {
  local i
  entries=()
  mkdir -p "$work/tiny"
  for i in $(seq "$1"); do
    tiny_sqlite "$work/tiny/$i.sqlite3"
    entries+=("{ name: db$i, adapter: sqlite, path: \"$work/tiny/$i.sqlite3\" }")
  done
}

databases_plain() {
  local i
  for i in $(seq "$databases_now"); do sqlite_copied "$work/tiny/$i.sqlite3"; done
}

bench_databases() {
  for databases_now in $databases_counts; do
    sqlite_entries "$databases_now"
    settings "${entries[@]}"
    # More than 1.05, since there is next to nothing to copy: beside restic's own second, each database has its own
    # checks by sqlite3, its gate and its rows counted.
    compare "databases_$databases_now" "$databases_now tiny databases against \`.backup\` and \`restic backup --stdin\` for each" \
      1.5 1.15 new_repository backup databases_plain
    echo "bench: databases, $databases_now: $(awk -v n="$databases_now" '{ printf "%.2f ", $1 / n }' "$work/a")s for each database"
  done
  rm -rf "$work/tiny"
}

# With the tiny database, since a run of ours has at least one.
many_files_plain() {
  sqlite_plain_backup
  repository backup "$work/files"
}

bench_many_files() {
  local count mb
  : >"$work/peaks"
  tiny_sqlite "$work/app.sqlite3"
  for count in $many_files_counts; do
    echo "bench: making $count files"
    files_dataset "$count" 2000
    settings_of_files
    : >"$work/hwm"
    compare "many_files_$count" "$count files of 2 kB and a tiny database against \`restic backup\` for each" 1.5 1.05 new_repository backup many_files_plain
    mb=$(($(largest <"$work/hwm") / 1024))
    echo "$mb" >>"$work/peaks"
    rm -rf "$work/files"
  done
  row "JVM, highest resident size with ${many_files_counts##* } files, in MB; the limit is 1.15 of that with ${many_files_counts%% *}, and 8 MB" \
    "$(paste -s -d ' ' "$work/peaks") MB" "" "$mb" "$(awk 'NR == 1 { print int($1 * 1.15 + 8) }' "$work/peaks")" many_files_jvm_peak_mb \
    "\"each_mb\": $(as_list "$work/peaks")"
  rm "$work/app.sqlite3"
}

# counted COMMAND...: the processes it starts, one a line, by wrappers that come first on the PATH. A wrapper has a fixed
# text, for ours gives no child an environment of its own making.
counted() {
  local tool
  mkdir -p "$work/counting" && : >"$work/started"
  for tool in restic sqlite3 setpriv sh cat test mkdir; do
    # The shell that interprets it is named by its path, or it would count itself.
    # shellcheck disable=SC2016
    printf '#!/bin/sh\necho %s "$1" >>"%s"\nexec "%s" "$@"\n' "$tool" "$work/started" "$(type -P "$tool")" \
      >"$work/counting/$tool"
    chmod 755 "$work/counting/$tool"
  done
  PATH="$work/counting:$PATH" "$@"
}

bench_processes() {
  local n all opening
  mkdir -p "$work/files" && echo one >"$work/files/one"
  for n in 1 3; do
    sqlite_entries "$n"
    settings "${entries[@]}"
    printf 'paths: ["%s"]\n' "$work/files" >>"$work/kamal-backup.yml"
    # As it runs every day: old runs are looked through, too.
    sed -i 's/forget_after_backup: false/forget_after_backup: true/' "$work/kamal-backup.yml"
    fresh_repository
    backup
    counted backup
    # Asking for the version derives no key, which is what costs 0.7 s; setpriv becomes the tool it is given.
    opening=$(grep '^restic ' "$work/started" | grep -vc '^restic version')
    all=$(grep -vc '^setpriv ' "$work/started")
    sort "$work/started" | uniq -c | sed 's/^/bench: processes: /'
    row "A run of $n databases and files: restic, opening the repository" "$opening" "" "$opening" $((n + 1 + 2)) "processes_restic_$n"
    # Restic's version; for each database sqlite3 looks at the source, copies it, and proves the copy.
    row "the same: processes of every kind" "$all" "" "$all" $((n + 1 + 2 + 1 + 3 * n)) "processes_all_$n"
  done
  rm -rf "$work/files" "$work/tiny"
}

# That of TestRepository, whose repositories the test class makes.
snapshots_password=canary-repository-7f3a9c

snapshots_plain() { RESTIC_PASSWORD=$snapshots_password repository snapshots --json --tag app:bench >/dev/null; }
snapshots_list() { RESTIC_PASSWORD=$snapshots_password kamal_backup list; }
snapshots_prune() { RESTIC_PASSWORD=$snapshots_password kamal_backup prune --dry-run; }

bench_snapshots() {
  local each count
  for count in $snapshots_counts; do
    echo "bench: writing $count snapshots"
    rm -rf "$work/repository" "$work/cache" "$work/state"
    java -cp "$jar:kamal-backup-core/target/test-classes" dev.kamalbackup.testing.ManySnapshots \
      "$TOOLS/restic-0.19/restic" "$work/repository" "$count"
    settings "{ name: app, adapter: sqlite, path: \"$work/app.sqlite3\" }"
    for each in list prune; do
      difference "snapshots_${each}_$count" "$count snapshots, \`$each\` against \`restic snapshots\`" 3 "snapshots_$each" snapshots_plain
    done
  done
}
