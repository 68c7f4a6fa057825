# Containers of the image under test, and what they are told. Sourced by bin/image-test.
# shellcheck shell=bash

readonly MARK=kamal-backup.image-test

# Passwords that must show nowhere; the servers here ask for MariaDB's only, and restic for its own.
readonly MARIA_PASSWORD=mariadb-5zXkQw RESTIC_SECRET=restic-9fTbLm PG_PASSWORD=postgres-2hRvNc
readonly SECRETS=("$MARIA_PASSWORD" "$RESTIC_SECRET" "$PG_PASSWORD")

prepare_checks() {
  start_postgresql 15
  start_postgresql 18
  start_mariadb
  start_rest_server
  fill_databases
  mkdir -p "$work/app" "$work/slow"
  # In the place of restic, for a look at what happens in mid-dump.
  printf '#!/bin/sh\nexec /usr/local/bin/restic --limit-upload 100 "$@"\n' >"$work/slow/restic"
  chmod 755 "$work/slow/restic"
  cat >"$work/secrets" <<ENV
PG15_URL=postgres://postgres:$PG_PASSWORD@127.0.0.1:$pg15_port/shop
PG18_URL=postgres://postgres:$PG_PASSWORD@127.0.0.1:$pg18_port/shop
MARIADB_PASSWORD_OF_SHOP=$MARIA_PASSWORD
RESTIC_PASSWORD=$RESTIC_SECRET
ENV
}

# Databases as a configuration lists them.
pg_entry() { printf '  - { name: pg%s, adapter: postgres, url: { secret: PG%s_URL } }\n' "$1" "$1"; }
maria_entry() {
  printf '  - { name: maria, adapter: mysql, host: 127.0.0.1, port: %s, user: shop, database: shop, ssl_mode: disabled,' \
    "$maria_port"
  printf ' password: { secret: MARIADB_PASSWORD_OF_SHOP } }\n'
}
sqlite_entry() { printf '  - { name: sqlite, adapter: sqlite, path: /data/storage/production.sqlite3 }\n'; }

# configured APP ENTRY...: the configuration that the containers started from now on read; sets $config.
configured() {
  config="$work/app/$1"
  mkdir -p "$config"
  {
    printf 'app: %s\ndatabases:\n' "$1"
    shift
    printf '%s\n' "$@"
    printf 'paths: [/data/storage]\nrestic: { repository: "rest:http://127.0.0.1:%s/%s",' "$rest_port" "${config##*/}"
    printf ' password: { secret: RESTIC_PASSWORD }, init_if_missing: true }\n'
  } >"$config/kamal-backup.yml"
}

# start NAME OPTION... [-- COMMAND...]: a container as Kamal would start the accessory, but on the servers' network.
start() {
  local name=$1 options=()
  shift
  while [ "$#" -gt 0 ] && [ "$1" != -- ]; do options+=("$1") && shift; done
  [ "$#" = 0 ] || shift
  # From a folder that is thrown away: the engine leaves a file where it was started when memory ran out.
  (cd "$work" && engine run --detach --name "$name" --label "$MARK" --no-healthcheck --network host \
    --hostname shop-backup --env-file "$work/secrets" -v "$config:/app/config:ro" "${options[@]}" "$IMAGE" "$@" >/dev/null)
}

# exec_in NAME ARGUMENT...: kamal-backup in a running container, as `kamal accessory exec --reuse` does it.
exec_in() { engine exec "$1" kamal-backup "${@:2}"; }

complete_runs() { exec_in "$1" list --json 2>/dev/null | grep -c '"completeness" : "complete"' || true; }
has_runs() { [ "$(complete_runs "$1")" -ge "$2" ]; }
# Not through a pipe: grep leaves at the first match, and the engine's broken pipe would be taken for a no.
logs_say() { grep -q "$2" < <(engine logs "$1" 2>&1); }
is_running() { [ "$(engine inspect --format '{{.State.Running}}' "$1")" = true ]; }
has_ended() { ! is_running "$1"; }
ended_with() { engine inspect --format '{{.State.ExitCode}}' "$1"; }

# expect WHAT COMMAND...
expect() {
  printf '  %-92s' "$1"
  shift
  "$@" || {
    echo NO
    fail "that did not hold: $*"
  }
  echo yes
}
equal() { [ "$1" = "$2" ] || { echo "is \"$1\", not \"$2\"" >&2 && return 1; }; }
says() { grep -qi -- "$1" "$2" || { cat "$2" >&2 && return 1; }; }
not() { ! "$@"; }

restic_here() {
  RESTIC_PASSWORD="$RESTIC_SECRET" RESTIC_CACHE_DIR="$work/restic-cache" "$TOOLS/restic-0.19/restic" -q \
    -r "rest:http://127.0.0.1:$rest_port/${config##*/}" "$@"
}
no_locks() { [ -z "$(restic_here list locks --no-lock)" ]; }

ours() { engine ps --all --quiet --filter "label=$MARK"; }

show_containers() {
  local container
  for container in $(ours); do
    echo "last words of container $container:" >&2
    engine logs "$container" 2>&1 | tail -n 25 >&2
  done
}

remove_containers() {
  local container
  for container in $(ours); do engine rm --force --time 0 --volumes "$container" >/dev/null 2>&1 || true; done
  engine volume ls --quiet --filter "label=$MARK" | xargs -r -n 1 podman --root "$CONTAINERS/storage" \
    --runroot "$CONTAINERS/run" --storage-driver overlay volume rm --force >/dev/null 2>&1 || true
}

volume() { engine volume create --label "$MARK" "$1" >/dev/null; }
