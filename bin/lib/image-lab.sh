# A container engine, and images for a build on a machine that no registry can be reached from. Sourced by bin/image-test.
# shellcheck shell=bash
#
# The Dockerfile is built as it is. Each image it names is made here from Debian's packages, under the very name without the
# digest, which only the real one has:
#
#   debian:trixie-slim        debootstrap of Debian 13, without documentation
#   maven:…-eclipse-temurin   the JDK 25 of this machine and the pinned Maven, on that base
#   restic, rclone            the programs of Debian unstable
#   postgres:15, 17, 18       psql, pg_dump, pg_restore of Debian 12, 13 and unstable
#   postgres:14, 16           nothing: no Debian has them, and they are left out of the image
#   mysql:8.4                 mysql and mysqldump 9 of Debian unstable
#
# Maven finds what it needs in this machine's own repository, which is mounted for the build.
# What this leaves untried: pulling by digest, the two clients above, arm64, and that other builds of these programs behave.

CONTAINERS="$(readlink -f .cache)/containers"
export CONTAINERS_CONF="$CONTAINERS/containers.conf"
readonly POSTGRESQL_IN_LAB="15 17 18"
readonly IMAGE=localhost/kamal-backup:test

engine() {
  podman --root "$CONTAINERS/storage" --runroot "$CONTAINERS/run" --storage-driver overlay --cgroup-manager cgroupfs \
    --events-backend file "$@"
}

start_engine() {
  command -v podman >/dev/null || fail "podman is not installed; bin/setup --image installs it"
  mkdir -p "$CONTAINERS"
  # Limits that a container may have without CAP_SYS_RESOURCE, and a runtime that knows both versions of cgroups.
  cat >"$CONTAINERS_CONF" <<'CONF'
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
CONF
  engine info >"$CONTAINERS/info" 2>&1 || {
    cat "$CONTAINERS/info" >&2
    fail "podman does not work on this machine (see above)"
  }
}

# pinned ARGUMENT: the image that the Dockerfile names in it, without the digest.
pinned() {
  sed -n "s/^ARG $1=\([^@]*\).*/\1/p" Dockerfile | grep . || fail "the Dockerfile has no ARG $1"
}

base_image() {
  local name rootfs="$CONTAINERS/rootfs"
  name=$(pinned DEBIAN_IMAGE)
  engine image exists "$name" && return
  echo "making $name"
  rm -rf "$rootfs"
  debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg trixie "$rootfs" \
    "$(debian_mirror)" >"$CONTAINERS/debootstrap.log" 2>&1 || {
    tail -n 20 "$CONTAINERS/debootstrap.log" >&2
    fail "debootstrap did not work (see above)"
  }
  rm -rf "$rootfs"/var/lib/apt/lists/* "$rootfs"/var/cache/apt/* "$rootfs"/usr/share/{doc,man,locale,info}/*
  tar -C "$rootfs" --numeric-owner --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' -c . |
    engine import --change 'CMD ["bash"]' \
      --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$name" >/dev/null 2>&1
  rm -rf "$rootfs"
}

# In a shell of its own: bin/setup's functions and ours share names.
debian_mirror() { bash -c '. bin/lib/debian.sh; mirror'; }

# stand_in ARGUMENT CONTAINERFILE PREPARE...: the image ARGUMENT names, from what PREPARE puts into a folder.
stand_in() {
  local name=$1 containerfile=$2 folder
  shift 2
  name=$(pinned "$name")
  engine image exists "$name" && return
  echo "making $name"
  folder=$(mktemp -d "$CONTAINERS/context.XXXXXX")
  "$@" "$folder" || fail "what $name is made of is not there"
  printf '%b' "$containerfile" >"$folder/Containerfile"
  engine build -q --network none -t "$name" "$folder" >/dev/null || fail "$name cannot be made"
  rm -rf "$folder"
}

prepare_maven() {
  local home
  home=$(jdk25_home) && ./mvnw -v >/dev/null && mkdir "$1/java" || return
  # All of it, since jlink compares a JDK without jmods with what it was made of; but no links to elsewhere on this machine.
  cp -RL "$home/." "$1/java/" && rm -f "$1/java/lib/src.zip" || return
  cp -R "$PWD"/.cache/maven-"$(sed -n 's/^mavenVersion=//p' .mvn/wrapper/maven-wrapper.properties)" "$1/maven"
}

jdk25_home() {
  local home
  for home in "${JAVA25_HOME:-/nowhere}" /usr/lib/jvm/*; do
    grep -qs '^JAVA_VERSION="25[."]' "$home/release" && [ -x "$home/bin/jlink" ] && echo "$home" && return
  done
  fail "there is no JDK 25 in JAVA25_HOME or below /usr/lib/jvm; bin/setup --image tells how to get one"
}

prepare_program() { cp -L "$1" "$2/"; }

prepare_postgresql() {
  local major=$1 root="$TOOLS/postgresql-clients/$1/root" to="$2/root/usr/lib"
  mkdir -p "$to/postgresql/$major/bin" "$to/any-linux-gnu"
  [ ! -d "$root" ] || {
    cp "$root/usr/lib/postgresql/$major/bin/"{psql,pg_dump,pg_restore} "$to/postgresql/$major/bin/"
    cp -L "$root"/usr/lib/*-linux-gnu*/libpq.so.5 "$to/any-linux-gnu/"
  }
}

prepare_mysql() {
  mkdir -p "$1/root/usr/bin"
  cp "$TOOLS"/mysql-9/root/usr/bin/{mysql,mysqldump} "$1/root/usr/bin/"
  cp -R --parents "$TOOLS"/mysql-9/root/usr/lib/*-linux-gnu* "$1/" && mv "$1$TOOLS/mysql-9/root/usr/lib" "$1/root/usr/lib"
}

stand_ins() {
  local major
  stand_in MAVEN_IMAGE 'FROM '"$(pinned DEBIAN_IMAGE)"'\nCOPY java /opt/java/openjdk\nCOPY maven /usr/share/maven
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/share/maven/bin:/usr/sbin:/usr/bin:/sbin:/bin\n' prepare_maven
  stand_in RESTIC_IMAGE 'FROM scratch\nCOPY restic /usr/bin/restic\n' prepare_program "$TOOLS/restic-0.19/restic"
  stand_in RCLONE_IMAGE 'FROM scratch\nCOPY rclone /usr/local/bin/rclone\n' prepare_program "$TOOLS/rclone/rclone"
  stand_in MYSQL_IMAGE 'FROM scratch\nCOPY root /\n' prepare_mysql
  for major in 14 15 16 17 18; do
    stand_in "POSTGRESQL_${major}_IMAGE" 'FROM scratch\nCOPY root /\n' prepare_postgresql "$major"
  done
}

# image_arguments: what the build is told, one word a line.
image_arguments() {
  local argument
  while read -r argument; do
    printf '%s\n' --build-arg "$argument=$(pinned "$argument")"
  done < <(sed -n 's/^ARG \([A-Z0-9_]*_IMAGE\)=.*/\1/p' Dockerfile)
  printf '%s\n' --build-arg "POSTGRESQL_VERSIONS=$POSTGRESQL_IN_LAB"
}

build_image() {
  local arguments
  mapfile -t arguments < <(image_arguments)
  # Docker's format is the one that has health checks.
  engine build --format docker --network host -v "$HOME/.m2/repository:/root/.m2/repository" "${arguments[@]}" \
    --build-arg VERSION=test --build-arg REVISION="$(git rev-parse HEAD 2>/dev/null || echo unknown)" "$@" .
}
