# The benchmarks of each kind of database. Sourced by bin/bench.
# shellcheck shell=bash

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

sqlite_plain() {
  sqlite3 "$work/app.sqlite3" ".timeout 5000" ".backup '$work/copy.sqlite3'"
  RESTIC_REPOSITORY="$work/repository" restic -q backup --stdin --stdin-filename app.sqlite3 <"$work/copy.sqlite3"
  rm "$work/copy.sqlite3"
}

bench_sqlite() {
  echo "bench: making a SQLite database of about $size MB"
  sqlite_dataset
  settings "{ name: app, adapter: sqlite, path: \"$work/app.sqlite3\" }"
  compare sqlite_backup "SQLite, backup of $size MB against \`.backup\` to a file and \`restic backup --stdin\`" 1.5 1.05 \
    fresh_repository backup sqlite_plain
  rm "$work/app.sqlite3"
}

# append_mostly: what a day does to an app's table, 1 % new rows, and 1 % of the newest 5 % changed.
growth() {
  local key=$1 what=$2 change=$3 first second dump
  fresh_repository
  backup
  first=$(stored)
  "$change"
  backup
  second=$(stored)
  dump=$(RESTIC_REPOSITORY="$work/repository" restic snapshots --json latest | grep -o '"total_bytes_processed":[0-9]*' | cut -d : -f 2)
  row "$what: growth by the second backup after 1 % of new rows, in % of the dump" "" "" \
    "$(awk -v first="$first" -v second="$second" -v dump="$dump" 'BEGIN { printf "%.2f", (second - first) * 100 / dump }')" 5 "$key"
}

pg() { "$TOOLS/postgresql-clients/17/bin/$1" --host=127.0.0.1 --port="$pg_port" --username=postgres "${@:2}"; }
pg_plain_backup() {
  pg pg_dump -Fc -Z0 shop | RESTIC_REPOSITORY="$work/repository" restic -q backup --stdin --stdin-filename shop.pgdump
}
pg_plain_restore() {
  RESTIC_REPOSITORY="$work/repository" restic dump latest /databases/bench/app/postgres.pgdump |
    pg pg_restore --clean --if-exists --no-owner --single-transaction --dbname=shop
}
pg_change() {
  pg psql --quiet --dbname=shop --command="
    INSERT INTO entries SELECT i, $pg_body FROM generate_series($rows_made + 1, $rows_made + $rows_made / 100) i;
    UPDATE entries SET body = md5(body) || substr(body, 33)
      WHERE id > $rows_made * 0.95 AND id % 100 = 0"
}
pg_body="(SELECT string_agg(md5(i::text || '-' || k), '') FROM generate_series(1, 31) k)"

bench_postgres() {
  local bin="$TOOLS/postgresql-servers/17/bin"
  pg_port=$((20000 + RANDOM % 5000))
  rows_made=$((size * 600))
  echo "bench: making a PostgreSQL database of about $((size * 6 / 10)) MB"
  mkdir "$work/postgres" && chown 65534:65534 "$work/postgres"
  "${as_nobody[@]}" "$bin/initdb" -D "$work/postgres/data" -U postgres --auth=trust --no-sync --locale=C.UTF-8 -E UTF8 >"$work/initdb.log"
  "${as_nobody[@]}" "$bin/postgres" -D "$work/postgres/data" -p "$pg_port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync=off >"$work/postgres/log" 2>&1 &
  servers+=("$!")
  until_it_answers pg psql --dbname=postgres --command="SELECT 1"
  pg psql --quiet --dbname=postgres --command="CREATE DATABASE shop"
  pg psql --quiet --dbname=shop --command="CREATE TABLE entries (id bigint PRIMARY KEY, body text NOT NULL)" \
    --command="INSERT INTO entries SELECT i, $pg_body FROM generate_series(1, $rows_made) i" --command="VACUUM ANALYZE"
  export KAMAL_BACKUP_POSTGRES_CLIENT_ROOT="$TOOLS/postgresql-clients"
  settings "{ name: app, adapter: postgres, url: \"postgres://postgres@127.0.0.1:$pg_port/shop\" }"
  compare postgres_backup "PostgreSQL, backup against \`pg_dump -Fc -Z0 | restic backup --stdin\`" 1.5 1.05 \
    fresh_repository backup pg_plain_backup
  fresh_repository
  backup
  compare postgres_restore "PostgreSQL, restore against \`restic dump | pg_restore --single-transaction\`" 2 1.10 \
    sync restore pg_plain_restore
  growth postgres_growth PostgreSQL pg_change
}

restore() { kamal_backup restore local --yes --no-safety-backup; }

maria() { "$TOOLS/mariadb-11.8/bin/$1" --no-defaults --socket="$work/mariadb/socket" --user=root "${@:2}"; }
maria_plain_backup() {
  maria mariadb-dump --single-transaction --quick --routines --triggers --events --hex-blob shop |
    RESTIC_REPOSITORY="$work/repository" restic -q backup --stdin --stdin-filename shop.sql
}
maria_change() {
  maria mariadb shop --execute="
    INSERT INTO entries SELECT i, body FROM (SELECT seq AS i, $maria_body AS body
      FROM seq_$((rows_made + 1))_to_$((rows_made + rows_made / 100))) AS made;
    UPDATE entries SET body = CONCAT(MD5(body), SUBSTR(body, 33)) WHERE id > $rows_made * 0.95 AND id % 100 = 0"
}
maria_body="CONCAT(MD5(seq)$(for k in $(seq 30); do printf ", MD5(seq * 31 + %d)" "$k"; done))"

bench_mariadb() {
  local usr="$TOOLS/mariadb-11.8/root/usr" part server
  local share="$usr/share/mariadb"
  server=("$TOOLS/mariadb-11.8/bin/mariadbd" --no-defaults --basedir="$usr" --lc-messages-dir="$share"
    --character-sets-dir="$share/charsets" --plugin-dir="$usr/lib/mysql/plugin" --datadir="$work/mariadb/data")
  rows_made=$((size * 600))
  echo "bench: making a MariaDB database of about $((size * 6 / 10)) MB"
  mkdir -p "$work/mariadb/data" && chown -R 65534:65534 "$work/mariadb"
  {
    printf 'CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n'
    for part in system_tables performance_tables system_tables_data; do cat "$share/mariadb_$part.sql"; done
  } | "${as_nobody[@]}" "${server[@]}" --bootstrap >"$work/bootstrap.log" 2>&1
  "${as_nobody[@]}" "${server[@]}" --skip-networking --socket="$work/mariadb/socket" --innodb-flush-log-at-trx-commit=0 \
    --innodb-buffer-pool-size=512M >"$work/mariadb/log" 2>&1 &
  servers+=("$!")
  until_it_answers maria mariadb --execute="SELECT 1"
  maria mariadb --execute="CREATE DATABASE shop CHARACTER SET utf8mb4"
  maria mariadb shop --execute="CREATE TABLE entries (id bigint PRIMARY KEY, body text NOT NULL);
    INSERT INTO entries SELECT seq, $maria_body FROM seq_1_to_$rows_made"
  export PATH="$TOOLS/mariadb-11.8/bin:$PATH"
  settings "{ name: app, adapter: mysql, user: root, database: shop, socket: \"$work/mariadb/socket\" }"
  compare mariadb_backup "MariaDB, backup against \`mariadb-dump | restic backup --stdin\`" 1.5 1.05 \
    fresh_repository backup maria_plain_backup
  growth mariadb_growth MariaDB maria_change
}
