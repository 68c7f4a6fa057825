# The servers of the benchmarks, and what is in their databases: the same every time. Sourced by bin/bench.
# shellcheck shell=bash

# Servers refuse to run as root. No function: what is put into the background must be the server itself.
as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp LC_ALL=C.UTF-8)

# Rows of one kilobyte, each of its own: a linear congruential sequence in hexadecimal, which neither repeats nor is
# pure noise.
sqlite_dataset() {
  sqlite3 "$work/app.sqlite3" >/dev/null <<SQL
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $size * 1000)
INSERT INTO entries SELECT i, (
  WITH RECURSIVE w (k, x, body) AS (
    SELECT 0, (i * 2654435761) % 4294967296, ''
    UNION ALL SELECT k + 1, (x * 1664525 + 1013904223) % 4294967296, body || printf('%08x', x) FROM w WHERE k < 124)
  SELECT body FROM w WHERE k = 124) FROM n;
PRAGMA journal_mode=WAL;
SQL
}

# One for each database; what is measured there is not the dump.
tiny_sqlite() {
  rm -f "$1"
  sqlite3 "$1" "CREATE TABLE t (i); INSERT INTO t VALUES ('$1');"
}

pg() { "$TOOLS/postgresql-clients/17/bin/$1" --host=127.0.0.1 --port="$pg_port" --username=postgres "${@:2}"; }
pg_port=
postgres_server() {
  local bin="$TOOLS/postgresql-servers/17/bin"
  [ -z "$pg_port" ] || return 0
  pg_port=$((20000 + RANDOM % 5000))
  mkdir "$work/postgres" && chown 65534:65534 "$work/postgres"
  "${as_nobody[@]}" "$bin/initdb" -D "$work/postgres/data" -U postgres --auth=trust --no-sync --locale=C.UTF-8 -E UTF8 >"$work/initdb.log"
  "${as_nobody[@]}" "$bin/postgres" -D "$work/postgres/data" -p "$pg_port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync=off >"$work/postgres/log" 2>&1 &
  servers+=("$!")
  until_it_answers pg psql --dbname=postgres --command="SELECT 1"
  export KAMAL_BACKUP_POSTGRES_CLIENT_ROOT="$TOOLS/postgresql-clients"
}

# pg_new_database: an empty one, and the settings for it.
pg_new_database() {
  pg psql --quiet --dbname=postgres --command="SET client_min_messages = warning" \
    --command="DROP DATABASE IF EXISTS shop" --command="CREATE DATABASE shop"
  settings "{ name: app, adapter: postgres, url: \"postgres://postgres@127.0.0.1:$pg_port/shop\" }"
}

# postgres_dataset MB: rows of one kilobyte, as SQLite's.
pg_body="(SELECT string_agg(md5(i::text || '-' || k), '') FROM generate_series(1, 31) k)"
postgres_dataset() {
  rows_made=$(($1 * 1000))
  echo "bench: making a PostgreSQL database of about $1 MB"
  postgres_server
  pg_new_database
  pg psql --quiet --dbname=shop --command="CREATE TABLE entries (id bigint PRIMARY KEY, body text NOT NULL)" \
    --command="INSERT INTO entries SELECT i, $pg_body FROM generate_series(1, $rows_made) i" --command="VACUUM ANALYZE"
}

maria() { "$TOOLS/mariadb-11.8/bin/$1" --no-defaults --socket="$work/mariadb/socket" --user=root "${@:2}"; }
maria_server() {
  local usr="$TOOLS/mariadb-11.8/root/usr" part server
  local share="$usr/share/mariadb"
  [ ! -e "$work/mariadb" ] || return 0
  server=("$TOOLS/mariadb-11.8/bin/mariadbd" --no-defaults --basedir="$usr" --lc-messages-dir="$share"
    --character-sets-dir="$share/charsets" --plugin-dir="$usr/lib/mysql/plugin" --datadir="$work/mariadb/data"
    --tmpdir="$work/mariadb")
  mkdir -p "$work/mariadb/data" && chown -R 65534:65534 "$work/mariadb"
  {
    printf 'CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n'
    for part in system_tables performance_tables system_tables_data; do cat "$share/mariadb_$part.sql"; done
  } | "${as_nobody[@]}" "${server[@]}" --bootstrap >"$work/bootstrap.log" 2>&1
  "${as_nobody[@]}" "${server[@]}" --skip-networking --socket="$work/mariadb/socket" --innodb-flush-log-at-trx-commit=0 \
    --innodb-buffer-pool-size=512M >"$work/mariadb/log" 2>&1 &
  servers+=("$!")
  until_it_answers maria mariadb --execute="SELECT 1"
  export PATH="$TOOLS/mariadb-11.8/bin:$PATH"
}

maria_body="CONCAT(MD5(seq)$(for k in $(seq 30); do printf ", MD5(seq * 31 + %d)" "$k"; done))"
maria_dataset() {
  rows_made=$(($1 * 1000))
  echo "bench: making a MariaDB database of about $1 MB"
  maria_server
  maria mariadb --execute="DROP DATABASE IF EXISTS shop; CREATE DATABASE shop CHARACTER SET utf8mb4"
  maria mariadb shop --execute="CREATE TABLE entries (id bigint PRIMARY KEY, body text NOT NULL);
    INSERT INTO entries SELECT seq, $maria_body FROM seq_1_to_$rows_made"
  settings "{ name: app, adapter: mysql, user: root, database: shop, socket: \"$work/mariadb/socket\" }"
}
