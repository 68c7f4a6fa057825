# The benchmarks of each kind of database: a backup, a restore, and what ten backups take in the repository. Sourced by
# bin/bench.
# shellcheck shell=bash

# restores KEY WHAT LIMIT PLAIN: the restore of a new backup.
restores() {
  fresh_repository
  backup
  compare "$1_restore" "$2" 2 "$3" sync restore "$4"
}

# sqlite_copied FILE: a backup of it as one makes it by hand.
sqlite_copied() {
  sqlite3 "$1" ".timeout 5000" ".backup '$work/copy.sqlite3'"
  repository backup --stdin --stdin-filename "${1##*/}" <"$work/copy.sqlite3"
  rm "$work/copy.sqlite3"
}
sqlite_plain_backup() { sqlite_copied "$work/app.sqlite3"; }
# Whoever restores by hand looks whether it is sound before it replaces anything, as we do, and after.
sqlite_plain_restore() {
  repository dump latest /databases/bench/app/sqlite.sqlite3 >"$work/copy.sqlite3"
  sqlite3 "$work/copy.sqlite3" "PRAGMA quick_check" >/dev/null
  sqlite3 "$work/app.sqlite3" ".timeout 5000" ".restore '$work/copy.sqlite3'"
  sqlite3 "$work/app.sqlite3" "PRAGMA quick_check" >/dev/null
  rm "$work/copy.sqlite3"
}

bench_sqlite() {
  echo "bench: making a SQLite database of about $size MB"
  sqlite_dataset
  settings "{ name: app, adapter: sqlite, path: \"$work/app.sqlite3\" }"
  compare sqlite_backup "SQLite, $size MB, backup against \`.backup\` to a file and \`restic backup --stdin\`" 1.5 1.05 \
    new_repository backup sqlite_plain_backup
  restores sqlite "SQLite, $size MB, restore against \`restic dump\` to a file, quick checks and \`.restore\`" 1.10 \
    sqlite_plain_restore
  rm "$work/app.sqlite3"
}

pg_plain_backup() { pg pg_dump -Fc -Z0 shop | repository backup --stdin --stdin-filename shop.pgdump; }
pg_plain_restore() {
  repository dump latest /databases/bench/app/postgres.pgdump |
    pg pg_restore --clean --if-exists --no-owner --single-transaction --dbname=shop
}

bench_postgres() {
  postgres_dataset $((size * 6 / 10))
  compare postgres_backup "PostgreSQL, $((size * 6 / 10)) MB, backup against \`pg_dump -Fc -Z0 \\| restic backup --stdin\`" \
    1.5 1.05 new_repository backup pg_plain_backup
  restores postgres "PostgreSQL, $((size * 6 / 10)) MB, restore against \`restic dump \\| pg_restore --single-transaction\`" \
    1.10 pg_plain_restore
}

maria_plain_backup() {
  maria mariadb-dump --single-transaction --quick --routines --triggers --events --hex-blob shop |
    repository backup --stdin --stdin-filename shop.sql
}
# The dump drops each table before it makes it.
maria_plain_restore() { repository dump latest /databases/bench/app/mysql.sql | maria mariadb shop; }

bench_mariadb() {
  maria_dataset $((size * 6 / 10))
  compare mariadb_backup "MariaDB, $((size * 6 / 10)) MB, backup against \`mariadb-dump \\| restic backup --stdin\`" 1.5 1.05 \
    new_repository backup maria_plain_backup
  # More than the others, since nothing can be rolled back there: the dump is on the disk and proved before the first table
  # is dropped, so fetching and loading come one after the other, and the plain way does both at once.
  restores mariadb "MariaDB, $((size * 6 / 10)) MB, restore against \`restic dump \\| mariadb\`" 1.50 maria_plain_restore
}

# What a day does to an app's table: 1 % new rows, and 1 % of the newest 5 % changed. The argument says which day.
pg_day() {
  pg psql --quiet --dbname=shop --command="
    INSERT INTO entries SELECT i, $pg_body
      FROM generate_series($rows_made + ($1 - 1) * $rows_made / 100 + 1, $rows_made + $1 * $rows_made / 100) i;
    UPDATE entries SET body = md5(body) || substr(body, 33)
      WHERE id > (SELECT max(id) FROM entries) * 0.95 AND id % 100 = $1"
}
maria_day() {
  maria mariadb shop --execute="
    INSERT INTO entries SELECT i, body FROM (SELECT seq AS i, $maria_body AS body
      FROM seq_$((rows_made + ($1 - 1) * rows_made / 100 + 1))_to_$((rows_made + $1 * rows_made / 100))) AS made;
    SET @newest = (SELECT MAX(id) FROM entries);
    UPDATE entries SET body = CONCAT(MD5(body), SUBSTR(body, 33)) WHERE id > @newest * 0.95 AND id % 100 = $1"
}

# grows KEY WHAT DAY: backups with a day between each; how much the repository grows by each after the first.
grows() {
  local key=$1 what=$2 day=$3 i before after
  : >"$work/growth"
  fresh_repository
  backup
  for i in $(seq $((growth_backups - 1))); do
    "$day" "$i"
    before=$(stored)
    backup
    after=$(stored)
    calculated '%.2f\n' "($after - $before) * 100 / $(dumped)" >>"$work/growth"
    echo "bench: $key, backup $((i + 1)): $(((after - before) / 1000)) kB more, $(tail -n 1 "$work/growth") % of the dump"
  done
  sized_row "$what: growth of the repository by each of $((growth_backups - 1)) more backups, the largest, in % of the dump" \
    "median $(median <"$work/growth") %" "" "$(largest <"$work/growth")" 5 "$key" "\"each\": $(as_list "$work/growth")"
}

bench_growth() {
  local mb=$((size * 6 / 10))
  # Restic's pieces have a megabyte.
  [ "$mb" -ge 100 ] || mb=100
  postgres_dataset "$mb"
  grows postgres_growth "PostgreSQL, $mb MB" pg_day
  maria_dataset "$mb"
  grows mariadb_growth "MariaDB, $mb MB" maria_day
}
