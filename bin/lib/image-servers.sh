# The databases and the repository's server that the containers of bin/image-test find beside them: on 127.0.0.1, which
# they share. Sourced by bin/image-test.
# shellcheck shell=bash

servers=()
readonly as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 8000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
  done
}

# until_it_answers SECONDS WHAT COMMAND...
until_it_answers() {
  local seconds=$1 what=$2 end=$((SECONDS + $1))
  shift 2
  until "$@" >"$work/answer" 2>&1; do
    [ "$SECONDS" -lt "$end" ] || {
      cat "$work/answer" >&2
      fail "$what: not within $seconds s"
    }
    sleep 0.5
  done
}

psql_of() { # MAJOR SQL [DATABASE]
  local port=pg$1_port
  "$TOOLS/postgresql-clients/17/bin/psql" --host=127.0.0.1 --port="${!port}" --username=postgres --dbname="${3-shop}" \
    --quiet --tuples-only --no-align --command="SET client_min_messages = warning" --command="$2"
}

start_postgresql() {
  local major=$1 bin="$TOOLS/postgresql-servers/$1/bin" home="$work/postgresql-$1" port
  port=$(free_port)
  printf -v "pg$major"_port %s "$port"
  mkdir "$home" && chown 65534:65534 "$home"
  "${as_nobody[@]}" "$bin/initdb" -D "$home/data" -U postgres --auth=trust --no-sync --locale=C.UTF-8 -E UTF8 >"$home.log"
  "${as_nobody[@]}" "$bin/postgres" -D "$home/data" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync=off >"$home/log" 2>&1 &
  servers+=("$!")
  until_it_answers 30 "PostgreSQL $major answers" psql_of "$major" "SELECT 1" postgres
  psql_of "$major" "CREATE DATABASE shop" postgres
}

maria() { "$TOOLS/mariadb-11.8/bin/mariadb" --no-defaults --socket="$work/mariadb/socket" --user=root -N -B "$@"; }

start_mariadb() {
  local usr="$TOOLS/mariadb-11.8/root/usr" part server
  local share="$usr/share/mariadb"
  server=("$TOOLS/mariadb-11.8/bin/mariadbd" --no-defaults --basedir="$usr" --lc-messages-dir="$share"
    --character-sets-dir="$share/charsets" --plugin-dir="$usr/lib/mysql/plugin" --datadir="$work/mariadb/data"
    --tmpdir="$work/mariadb")
  maria_port=$(free_port)
  mkdir -p "$work/mariadb/data" && chown -R 65534:65534 "$work/mariadb"
  {
    printf 'CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n'
    for part in system_tables performance_tables system_tables_data; do cat "$share/mariadb_$part.sql"; done
  } | "${as_nobody[@]}" "${server[@]}" --bootstrap >"$work/bootstrap.log" 2>&1
  "${as_nobody[@]}" "${server[@]}" --bind-address=127.0.0.1 --port="$maria_port" --socket="$work/mariadb/socket" \
    --innodb-flush-log-at-trx-commit=0 >"$work/mariadb/log" 2>&1 &
  servers+=("$!")
  until_it_answers 30 "MariaDB answers" maria --execute="SELECT 1"
  maria --execute="CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE USER shop@'127.0.0.1' IDENTIFIED BY '$MARIA_PASSWORD';
    GRANT ALL ON *.* TO shop@'127.0.0.1'"
}

start_rest_server() {
  rest_port=$(free_port)
  mkdir "$work/rest" && chown 65534:65534 "$work/rest"
  "${as_nobody[@]}" "$TOOLS/rest-server/rest-server" --path "$work/rest" --listen "127.0.0.1:$rest_port" --no-auth \
    >"$work/rest.log" 2>&1 &
  servers+=("$!")
}

stop_servers() {
  local server
  for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done
  wait 2>/dev/null || true
}

# What is in the databases: 100 orders each, whose sum is told by sums.
fill_databases() {
  local major
  for major in 15 18; do
    psql_of "$major" "CREATE TABLE orders (id int PRIMARY KEY, cents int NOT NULL);
      INSERT INTO orders SELECT i, i FROM generate_series(1, 100) i"
  done
  maria shop --execute="CREATE TABLE orders (id int PRIMARY KEY, cents int NOT NULL);
    INSERT INTO orders SELECT seq, seq FROM seq_1_to_100"
  mkdir -p "$work/storage"
  sqlite3 "$work/storage/production.sqlite3" "PRAGMA journal_mode=WAL; CREATE TABLE orders (id INTEGER PRIMARY KEY,
    cents INTEGER NOT NULL); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
    INSERT INTO orders SELECT i, i FROM n" >/dev/null
  echo "a blob" >"$work/storage/blob"
}

damage_databases() {
  psql_of 15 "UPDATE orders SET cents = 0"
  psql_of 18 "DROP TABLE orders"
  maria shop --execute="DELETE FROM orders WHERE id > 3"
  sqlite3 "$work/storage/production.sqlite3" "UPDATE orders SET cents = cents + 1"
  echo "overwritten" >"$work/storage/blob"
}

sums() {
  local sql="SELECT sum(cents) FROM orders"
  printf '%s %s %s %s %s\n' "$(psql_of 15 "$sql")" "$(psql_of 18 "$sql")" "$(maria shop --execute="$sql")" \
    "$(sqlite3 "$work/storage/production.sqlite3" "$sql")" "$(cat "$work/storage/blob")"
}
