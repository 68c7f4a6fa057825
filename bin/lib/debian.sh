# Getting Debian's packages: into the system, or out of another release into a folder. Sourced by bin/setup.
# shellcheck shell=bash

say() { printf 'setup: %s\n' "$*"; }
fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    fail "this needs root, and there is no sudo; run bin/setup as root once, or yourself: $*"
  fi
}

# A network hiccup is no reason to give up; a second failure is.
twice() { "$@" || { say "trying once more: $*" && sleep 3 && "$@"; }; }

updated=
apt_update() {
  [ -z "$updated" ] || return 0
  twice as_root apt-get update -q >/dev/null ||
    fail "apt-get update did not work (see above); look at the network and at /etc/apt/sources.list*"
  updated=yes
}

apt_install() {
  apt_update
  say "installing $*"
  # Packages talk a lot while they are set up; that is worth reading only when it fails.
  twice as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" \
    >"$CACHE/apt.log" 2>&1 || {
    tail -n 30 "$CACHE/apt.log" >&2
    fail "apt-get install $* did not work (see above, and .cache/apt.log); try it by hand, then start again"
  }
}

# Whether this Debian has the package. Not by grep -q in a pipe: it leaves early, and pipefail then takes apt-cache's
# broken pipe for a no.
available() {
  local policy_of
  policy_of=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null)
  [[ "$policy_of" == *'Candidate: '[0-9]* ]]
}

# The Debian mirror this machine uses, in either format of apt's sources: whoever set the machine up chose it. Other
# archives (security updates, other vendors) are passed over.
mirror() {
  { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
    awk '$1 == "URIs:" || $1 == "deb" {
      for (i = 2; i <= NF; i++) if ($i ~ /^[a-z+]+:\/.*\/debian(\/|$)/) { print $i; exit }
    }'
}

# A package index of another Debian release, apart from the system's.
apt_root() {
  local suite=$1 root="$CACHE/apt-$1" mirror
  [ -e "$root/ready" ] && return 0
  mirror=$(mirror)
  [ -n "$mirror" ] || fail "no Debian mirror in /etc/apt/sources.list or sources.list.d: is this Debian? Add one"
  rm -rf "$root"
  mkdir -p "$root"/etc/apt/{sources.list.d,preferences.d,apt.conf.d,trusted.gpg.d} \
    "$root"/var/lib/apt/lists/partial "$root"/var/cache/apt/archives/partial "$root"/var/lib/dpkg
  : >"$root/var/lib/dpkg/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$suite" \
    >"$root/etc/apt/sources.list"
  # Unstable's index may be past its date on a mirror; its signature is checked all the same.
  cat >"$root/apt.conf" <<CONF
Dir "$root";
Dir::State::status "$root/var/lib/dpkg/status";
Dir::Etc "$root/etc/apt";
APT::Architecture "$(dpkg --print-architecture)";
APT::Sandbox::User "root";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
CONF
  say "reading the package index of Debian $suite"
  APT_CONFIG="$root/apt.conf" twice apt-get update -q >/dev/null || 
    fail "the index of Debian $suite cannot be read (see above); look at the network, then start again"
  touch "$root/ready"
}

download() { (cd "$work" && APT_CONFIG="$CACHE/apt-$1/apt.conf" apt-get download -q "$2" >/dev/null); }

# from_suite SUITE PACKAGE BINARY TARGET: the binary out of that release's package.
from_suite() {
  local suite=$1 package=$2 binary=$3 target=$4
  [ -x "$target" ] && return 0
  apt_root "$suite"
  work=$(mktemp -d "$CACHE/unpack.XXXXXX")
  say "fetching $package of Debian $suite"
  # The mirror drops a version when a newer one comes, so the second try is with a fresh index.
  download "$suite" "$package" || {
    rm -f "$CACHE/apt-$suite/ready"
    apt_root "$suite"
    download "$suite" "$package" ||
      fail "$package of Debian $suite cannot be fetched (see above); look at the network, then start again"
  }
  dpkg -x "$work"/*.deb "$work/root"
  mkdir -p "$(dirname "$target")"
  # By rename, so that an interrupted set-up leaves no half binary.
  mv "$work/root/$binary" "$target.new" && mv "$target.new" "$target"
  rm -rf "$work"
  work=
}

# closure SUITE TARGET PACKAGE...: the packages of that release with all they depend on, down to the C library, unpacked
# into TARGET/root. Programs built for a newer release run by that release's own loader; see runner.
closure() {
  local suite=$1 target=$2 package
  shift 2
  [ -e "$target/root" ] && return 0
  apt_root "$suite"
  work=$(mktemp -d "$CACHE/unpack.XXXXXX")
  mkdir -p "$work/packages/partial" "$work/root"
  say "fetching $* of Debian $suite"
  APT_CONFIG="$CACHE/apt-$suite/apt.conf" twice apt-get install -qq -y --download-only --no-install-recommends \
    -o Dir::Cache::archives="$work/packages" "$@" >"$CACHE/apt.log" 2>&1 || {
    tail -n 30 "$CACHE/apt.log" >&2
    fail "$* of Debian $suite cannot be fetched (see above); look at the network, then start again"
  }
  for package in "$work"/packages/*.deb; do dpkg -x "$package" "$work/root"; done
  # Older releases keep the C library outside /usr.
  if [ -d "$work/root/lib" ] && [ ! -L "$work/root/lib" ]; then cp -a "$work/root/lib/." "$work/root/usr/lib/"; fi
  rm -rf "$work"/root/usr/share/{doc,man,locale,gdb,perl*} "$work"/root/usr/lib/*/perl*
  mkdir -p "$target"
  mv "$work/root" "$target/root"
  rm -rf "$work"
  work=
}

# runner TARGET NAME PATH: TARGET/bin/NAME, which starts the program PATH of TARGET/root.
runner() {
  mkdir -p "$1/bin"
  cat >"$1/bin/$2" <<SCRIPT
#!/bin/sh
# Built for another Debian: runs by that Debian's own loader and libraries.
root=\$(dirname "\$(readlink -f "\$0")")/../root
lib=\$(echo "\$root"/usr/lib/*-linux-gnu*)
exec "\$(echo "\$lib"/ld-linux-*)" --library-path "\$lib" "\$root/$3" "\$@"
SCRIPT
  chmod 755 "$1/bin/$2"
}
