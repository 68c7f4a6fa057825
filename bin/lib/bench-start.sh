# How fast the commands start, what memory they take, and what the scheduler takes while it waits. Sourced by bin/bench.
# shellcheck shell=bash

# The verbs that end soon. Whoever waits for a prompt notices the first two; the others do more, and evidence asks each tool
# of the databases for its version, too.
start_verbs=(version list help validate status evidence check completion)
start_limit() { case "$1" in version | list) echo 1.3 ;; evidence) echo 3 ;; *) echo 2 ;; esac; }

# asks_restic VERB: whether it asks restic. restic_for VERB: what restic does for it, but for telling its version.
asks_restic() { case "$1" in list | status | evidence | check) ;; *) return 1 ;; esac; }
restic_for() {
  case "$1" in
    check) repository check ;;
    *) repository snapshots --json --tag=kamal-backup,app:bench ;;
  esac >/dev/null
  [ "$1" != status ] || repository stats --json --mode=raw-data >/dev/null
}

# A program with the same libraries that does one small thing with each of them: what no program in this language with them
# can undercut. Started by our own launcher, with another jar, so that it gets the same options; and with the same kind of
# archive, which is made here, since the launcher would train it with commands of ours. A newer one is taken as it is.
# The JVM's options of the launcher's training run.
minimal_training=-XX:+UseSerialGC
minimal_program() {
  local folder="$work/minimal"
  mkdir -p "$folder/classes"
  cp "$jar" "$folder/libraries.jar"
  javac -d "$folder/classes" -cp "$jar" bin/lib/MinimalProgram.java
  printf 'Main-Class: MinimalProgram\nClass-Path: libraries.jar\nMulti-Release: true\n' >"$folder/manifest"
  "$(dirname "$(readlink -f "$(command -v javac)")")/jar" cfm "$folder/minimal.jar" "$folder/manifest" -C "$folder/classes" .
  sed "s|^jar=.*|jar=\"$folder/minimal.jar\"|" bin/kamal-backup >"$folder/minimal"
  grep -q "^jar=\"$folder" "$folder/minimal" || { echo "bench: bin/kamal-backup has no line jar=" >&2 && return 1; }
  chmod 755 "$folder/minimal"
  java "$minimal_training" -XX:ArchiveClassesAtExit="$folder/minimal.jsa" -Xlog:disable -jar "$folder/minimal.jar" \
    --config "$work/kamal-backup.yml" >/dev/null 2>&1
  # Where the launcher looks for it.
  grep -q '^archive=.*%.jar}.jsa"$' "$folder/minimal"
  [ -s "$folder/minimal.jsa" ]
}

ours_start() {
  case "$1" in
    completion) "$root/bin/kamal-backup" completion bash ;;
    *) "$root/bin/kamal-backup" "$1" ;;
  esac >/dev/null 2>"$work/ours.log"
}
minimal_start() { "$work/minimal/minimal" --config "$work/kamal-backup.yml" >/dev/null 2>&1; }

# measured FILE COMMAND...: its milliseconds, as one more line of the file.
measured() {
  local from
  from=$(now)
  "${@:2}" || { echo "bench: failed: ${*:2}" >&2 && cat "$work/ours.log" >&2 && return 1; }
  echo $((($(now) - from) / 1000000)) >>"$1"
}

start_round() {
  local verb=$1 to="$work/start-$1"
  measured "$to-a" ours_start "$verb"
  measured "$to-b" minimal_start
  if asks_restic "$verb"; then measured "$to-restic" restic_for "$verb"; else echo 0 >>"$to-restic"; fi
  calculated '%.3f\n' "($(tail -n 1 "$to-a") - $(tail -n 1 "$to-restic")) / $(tail -n 1 "$to-b")" >>"$to-ratio"
}

bench_start() {
  local verb round to what
  tiny_sqlite "$work/app.sqlite3"
  settings "{ name: app, adapter: sqlite, path: \"$work/app.sqlite3\" }"
  minimal_program
  fresh_repository
  backup
  # Our first start makes its archive, and the caches of the disk are warm for all.
  minimal_start
  for verb in "${start_verbs[@]}"; do ours_start "$verb"; done
  rm -f "$work"/start-*
  for round in $(seq "$start_rounds"); do
    for verb in "${start_verbs[@]}"; do start_round "$verb"; done
    echo "bench: start, round $round of $start_rounds: version $(tail -n 1 "$work/start-version-a") ms," \
      "minimal $(tail -n 1 "$work/start-version-b") ms"
  done
  for verb in "${start_verbs[@]}"; do
    to="$work/start-$verb"
    what="A / B"
    if asks_restic "$verb"; then what="(A - $(median <"$to-restic") ms of restic's own) / B"; fi
    sized_row "\`$verb\` against a minimal program with the same libraries: $what" "$(median <"$to-a") ms" "$(median <"$to-b") ms" \
      "$(median <"$to-ratio")" "$(start_limit "$verb")" "start_$verb" \
      "\"a_ms\": $(as_list "$to-a"), \"b_ms\": $(as_list "$to-b"), \"restic_ms\": $(as_list "$to-restic")"
  done
  # In starts of their own, since looking as often as these short ones need it takes time.
  looks_every=0.01
  : >"$work/hwm"
  watched "$work/minimal/minimal" --config "$work/kamal-backup.yml"
  what="minimal program $(($(largest <"$work/hwm") / 1024)) MB"
  for verb in "${start_verbs[@]}"; do
    : >"$work/hwm"
    if [ "$verb" = completion ]; then kamal_backup completion bash; else kamal_backup "$verb"; fi
    row "\`$verb\`, highest resident size, in MB" "" "$what" $(($(largest <"$work/hwm") / 1024)) 128 "start_${verb}_peak_mb"
  done
  looks_every=0.1
  rm "$work/app.sqlite3"
}

resident_mb() { awk '$1 == "VmRSS:" { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }

# With the options of the image, which is where it runs for months.
bench_idle() {
  local mb ending
  tiny_sqlite "$work/app.sqlite3"
  settings "{ name: app, adapter: sqlite, path: \"$work/app.sqlite3\" }"
  fresh_repository
  # The next run is due in a day.
  backup
  JDK_JAVA_OPTIONS="@$root/docker/jvm.options" "$root/bin/kamal-backup" schedule >"$work/ours.log" 2>&1 &
  ours=$!
  sleep 10
  kill -0 "$ours" || { cat "$work/ours.log" >&2 && return 1; }
  mb=$(resident_mb "$ours")
  # Whether it was idle, or making a backup.
  echo "bench: idle: $mb MB, threads $(awk '$1 == "Threads:" { print $2 }' "/proc/$ours/status"), children: $(pgrep -c -P "$ours" || true)"
  row "The scheduler, waiting for 10 s with nothing to do: resident MB" "$mb MB" "" "$mb" 70 idle_rss_mb
  ending=$(now)
  kill -TERM "$ours"
  wait "$ours" || true
  ours=
  row "the same: seconds until it has ended after SIGTERM" "" "" "$(seconds "$ending" "$(now)")" 10 idle_end_seconds
  rm "$work/app.sqlite3"
}
