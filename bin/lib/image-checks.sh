# What must hold of the image, one function for each check of bin/image-test. Sourced by it.
# shellcheck shell=bash

check_lint() {
  local lint="$TOOLS/dockerfile-utils/node_modules/.bin/dockerfile-utils"
  "$lint" lint Dockerfile >"$work/lint" 2>&1 || true
  expect "the Dockerfile is clean under dockerfile-utils" not grep . "$work/lint"
  expect "every image it names is an ARG" not grep -nE '^(FROM|COPY --from=)[^$]*[:/][^ ]*[:@]' Dockerfile
  expect "the scripts of and around the image are clean under shellcheck" shellcheck -x -e SC2016,SC2034,SC2154 docker/train \
    docker/kamal-backup docker/collect-* docker/bill-of-materials bin/image-test bin/pin-image bin/lib/image-*.sh bin/lib/containers.sh
}

holds_in_json() { jq --exit-status "$@" >/dev/null; }

# The bill of materials that lies in the image, against what the image itself says.
check_bill() {
  local bill="$work/sbom.json" jar="$work/kamal-backup-cli.jar" library
  configured bill "$(sqlite_entry)"
  start bill -- sleep 600
  engine exec bill cat /usr/local/lib/kamal-backup/sbom.json >"$bill"
  engine exec bill cat /usr/local/lib/kamal-backup/kamal-backup-cli.jar >"$jar"
  expect "it is CycloneDX, and nothing stands in it twice" holds_in_json \
    '.bomFormat == "CycloneDX" and ([.components[]."bom-ref"] | length == (unique | length))' "$bill"
  engine exec bill dpkg-query --show --showformat '${Package} ${Version}\n' | sort >"$work/installed"
  jq --raw-output '.components[] | select(.purl | startswith("pkg:deb/")) | "\(.name) \(.version)"' "$bill" | sort >"$work/billed"
  expect "every package that is installed" equal "$(comm -23 "$work/installed" "$work/billed")" ""
  expect "and no other, but the one whose program was taken out" equal \
    "$(comm -13 "$work/installed" "$work/billed" | cut -d ' ' -f 1)" mariadb-client
  for program in restic rclone mysql-client openjdk; do
    expect "$program with its version" holds_in_json --arg name "$program" \
      '[.components[] | select(.name == $name and (.version | test("^[0-9]+[.][0-9]")))] | length == 1' "$bill"
  done
  expect "PostgreSQL's clients, one for each version" equal \
    "$(jq '[.components[] | select(.name == "postgresql-client")] | length' "$bill")" "$(wc -w <<<"$POSTGRESQL_IN_LAB")"
  while read -r library; do
    expect "the jar's library $library" holds_in_json --arg purl "pkg:maven/$library@" \
      '[.components[] | select(.purl | startswith($purl))] | length == 1' "$bill"
  done < <(unzip -Z1 "$jar" | sed -n 's#^META-INF/maven/\(.*\)/pom.properties#\1#p')
  engine rm --force --time 0 bill >/dev/null
}

# The daily work, as root, with every kind of database and a REST repository.
check_work() {
  local before
  configured daily "$(pg_entry 15)" "$(pg_entry 18)" "$(maria_entry)" "$(sqlite_entry)"
  volume daily-state
  before=$(sums)
  start daily -v "$work/storage:/data/storage" -v daily-state:/var/lib/kamal-backup -e BACKUP_SCHEDULE_SECONDS=20
  until_it_answers 240 "two runs on schedule" has_runs daily 2
  expect "two runs on schedule, in logs that show when" logs_say daily 'Z kamal-backup .*schedule started'
  engine stop --time 10 daily >/dev/null
  expect "stopped while idle or at work: exit code 143" equal "$(ended_with daily)" 143
  # Once a day from here on, so that nothing is under way while a restore runs.
  engine rm daily >/dev/null
  start daily -v "$work/storage:/data/storage" -v daily-state:/var/lib/kamal-backup -e BACKUP_SCHEDULE_SECONDS=86400 \
    --memory 256m
  until_it_answers 60 "the scheduler starts" logs_say daily 'next backup'
  expect "a restart forces no backup" not logs_say daily 'run.*: started'
  for command in list check evidence "evidence --verify" "status --state-only" doctor; do
    # shellcheck disable=SC2086
    expect "exec kamal-backup $command" exec_quietly daily $command
  done
  expect "the health check of the image" run_health_check daily
  damage_databases
  expect "the databases and files are damaged now" [ "$(sums 2>/dev/null)" != "$before" ]
  expect "exec kamal-backup restore production" exec_quietly daily restore production --confirm-production-restore
  expect "and everything is as it was" equal "$(sums)" "$before"
  expect "exec kamal-backup drill production" exec_quietly daily drill production --yes
  expect "the drill passed" exec_says daily '"outcome" : "passed"' evidence --json
  expect "all of that within 256 MB of memory" not logs_say daily 'of memory only'
  check_secrets daily
}

exec_quietly() { exec_in "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2 && return 1; }; }
refused() { ! exec_in "$@" >"$work/said" 2>&1; }
exec_says() { # NAME TEXT ARGUMENT...
  exec_in "$1" "${@:3}" >"$work/said" 2>&1
  says "$2" "$work/said"
}
# The command the image itself names, one word a line.
run_health_check() {
  local command
  mapfile -t command < <(engine image inspect --format '{{range slice .HealthCheck.Test 1}}{{println .}}{{end}}' "$IMAGE" | grep .)
  [ "${#command[@]}" -gt 1 ] && engine exec "$1" "${command[@]}" >"$work/said" 2>&1
}

check_secrets() {
  local secret name=$1
  engine logs "$name" >"$work/logs" 2>&1
  engine image inspect "$IMAGE" >"$work/inspected-image"
  engine history --no-trunc "$IMAGE" >"$work/history"
  engine save --format docker-dir -o "$work/saved" "$IMAGE" >/dev/null 2>&1
  engine inspect "$name" | grep -vE '^ +"(PG1[58]_URL|MARIADB_PASSWORD_OF_SHOP|RESTIC_PASSWORD)=' >"$work/inspected"
  engine export "$name" >"$work/exported"
  cp -R "$(engine volume inspect --format '{{.Mountpoint}}' daily-state)" "$work/state"
  for secret in "${SECRETS[@]}"; do
    expect "no secret in logs, labels, inspect (but what was passed), container's files, state" not grep -rlaF "$secret" "$work"/{logs,inspected-image,history,inspected,exported,state}
    expect "no secret in a layer of the image" not layers_hold "$secret"
  done
  rm -rf "$work/saved" "$work/exported"
}

layers_hold() {
  local layer
  for layer in "$work"/saved/*; do
    { gzip -dcf "$layer" 2>/dev/null || true; } | grep -qaF "$1" && return 0
  done
  return 1
}

# More than restic holds back while it waits for the network, so that the dump has to wait, too.
big_database() {
  psql_of 18 "DROP TABLE IF EXISTS big; CREATE TABLE big AS SELECT i, md5(i::text) || md5((-i)::text) AS body
    FROM generate_series(1, 1000000) i"
}
under_way() { logs_say "$1" 'database pg18: started' && grep -q '[p]g_dump' < <(engine top "$1" args 2>/dev/null); }
dumps_on_the_server() { psql_of 18 "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_dump'"; }

check_stop() {
  local began
  configured stopped "$(pg_entry 18)"
  volume stopped-state
  big_database
  start stopped -v stopped-state:/var/lib/kamal-backup -v "$work/slow:/slow:ro" -v "$work/storage:/data/storage:ro" \
    -e KAMAL_BACKUP_RESTIC_BIN=/slow/restic
  until_it_answers 60 "a dump is under way" under_way stopped
  sleep 2
  began=$(date +%s%N)
  engine stop --time 30 stopped >/dev/null
  began=$((($(date +%s%N) - began) / 1000000))
  expect "stopped in mid-dump: ends within 10 s ($began ms)" [ "$began" -lt 10000 ]
  expect "with exit code 143" equal "$(ended_with stopped)" 143
  expect "no lock is left" no_locks
  expect "no dump goes on on the server" equal "$(dumps_on_the_server)" 0
  expect "the history says that it was interrupted" grep -q '"outcome":"interrupted"' \
    "$(engine volume inspect --format '{{.Mountpoint}}' stopped-state)/history.jsonl"
  engine rm stopped >/dev/null
  start stopped -v stopped-state:/var/lib/kamal-backup -v "$work/storage:/data/storage:ro"
  until_it_answers 90 "the next start catches up" has_runs stopped 1
  expect "the next start catches up" has_runs stopped 1
  engine rm --force --time 5 stopped >/dev/null
}

# pid_of CONTAINER PROGRAM, as the host counts.
pid_of() { engine top "$1" hpid comm | awk -v program="$2" '$2 == program { print $1; exit }'; }
has_process() { [ -n "$(pid_of "$1" "$2")" ]; }

# kill_by_memory CONTAINER PROGRAM: the container asks for more than it may have, and the kernel kills the program for it.
kill_by_memory() {
  local pid
  pid=$(pid_of "$1" "$2")
  echo 1000 >"/proc/$pid/oom_score_adj"
  engine exec "$1" sh -c 'head -c 400000000 /dev/zero | tail -c 400000000 >/dev/null' >/dev/null 2>&1 || true
  until_it_answers 20 "the kernel kills $2" not kill -0 "$pid"
}

check_memory() {
  local victim
  configured killed "$(pg_entry 18)"
  volume killed-state
  big_database
  for victim in java restic; do
    start "killed-$victim" -v killed-state:/var/lib/kamal-backup -v "$work/slow:/slow:ro" \
      -v "$work/storage:/data/storage:ro" -e KAMAL_BACKUP_RESTIC_BIN=/slow/restic --memory 300m --memory-swap 300m
    until_it_answers 90 "a dump is under way" under_way "killed-$victim"
    kill_by_memory "killed-$victim" "$victim"
    if [ "$victim" = java ]; then
      until_it_answers 20 "the container ends" has_ended "killed-$victim"
      expect "java killed by the memory limit in mid-dump: exit code 137" equal "$(ended_with "killed-$victim")" 137
    else
      until_it_answers 60 "the failure is told" logs_say "killed-$victim" FAILED
      expect "restic killed by the memory limit in mid-dump: the failure is told" is_running "killed-$victim"
    fi
    engine rm --force --time 5 "killed-$victim" >/dev/null
    start look -v killed-state:/var/lib/kamal-backup -v "$work/storage:/data/storage:ro" -- sleep 300
    expect "no run counts as complete" not has_runs look 1
    engine rm --force --time 0 look >/dev/null
  done
  start killed -v killed-state:/var/lib/kamal-backup -v "$work/storage:/data/storage:ro" --memory 256m --memory-swap 256m
  until_it_answers 120 "the next start makes a run" has_runs killed 1
  expect "the next start makes a complete run, within 256 MB" has_runs killed 1
  engine rm --force --time 5 killed >/dev/null
  start little -v "$work/storage:/data/storage:ro" --memory 100m --memory-swap 100m
  until_it_answers 20 "too little memory is told" logs_say little 'may use 100 MB of memory only'
  expect "too little memory is told" logs_say little 'may use 100 MB of memory only'
  engine rm --force --time 5 little >/dev/null
}

readonly UNPRIVILEGED=(--user 10001:10001 --read-only --read-only-tmpfs=false --cap-drop all
  --security-opt no-new-privileges)

check_unprivileged() {
  configured unprivileged "$(pg_entry 15)" "$(pg_entry 18)"
  volume unprivileged-state
  volume unprivileged-scratch
  start unprivileged "${UNPRIVILEGED[@]}" -v unprivileged-state:/var/lib/kamal-backup -v unprivileged-scratch:/restore \
    -v "$work/storage:/data/storage"
  until_it_answers 90 "a run as uid 10001, read-only, without capabilities" has_runs unprivileged 1
  expect "uid 10001, read-only root, no capabilities: backup" has_runs unprivileged 1
  expect "drill of PostgreSQL" exec_quietly unprivileged drill production --yes
  expect "it passed" exec_says unprivileged '"outcome" : "passed"' evidence --json
  expect "restore of PostgreSQL" exec_quietly unprivileged restore production --only database --confirm-production-restore
  expect "files in a folder of another user cannot be restored" \
    refused unprivileged restore production --only files --confirm-production-restore
  expect "which says why, and that nothing was changed" says 'AccessDenied.*untouched' "$work/said"
  printf 'x' >"$work/storage/private" && chmod 600 "$work/storage/private"
  exec_in unprivileged backup >"$work/said" 2>&1 || true
  expect "a file that it may not read is named" says 'private.*permission denied' "$work/said"
  rm "$work/storage/private"
  engine rm --force --time 5 unprivileged >/dev/null
}
