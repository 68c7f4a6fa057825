# The real Kamal, for the tests of the bridge to it. Sourced by bin/setup.
# shellcheck shell=bash

# Of unstable, for it is in no stable Debian. Ruby finds neither its library nor its gems outside the folders it was built
# for, so the starter names them; nothing of it is installed, and no root is needed.
kamal() {
  closure sid "$TOOLS/kamal" ruby-kamal
  mkdir -p "$TOOLS/kamal/bin"
  cat >"$TOOLS/kamal/bin/kamal" <<'SCRIPT'
#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/../root
lib=$(echo "$root"/usr/lib/*-linux-gnu*)
release=$(basename "$(echo "$root"/usr/lib/ruby/[0-9]*)")
gems=$root/usr/share/rubygems-integration
export RUBYLIB="$root/usr/lib/ruby/vendor_ruby:$root/usr/lib/ruby/$release:$lib/ruby/$release:$lib/ruby/vendor_ruby/$release"
export GEM_HOME="$root/usr/lib/ruby/gems/$release"
export GEM_PATH="$gems/all:$gems/$release:$lib/rubygems-integration/$release"
exec "$(echo "$lib"/ld-linux-*)" --library-path "$lib" "$(echo "$root"/usr/bin/ruby[0-9]*)" "$root/usr/bin/kamal" "$@"
SCRIPT
  chmod 755 "$TOOLS/kamal/bin/kamal"
  runs "$TOOLS/kamal/bin/kamal" version '2.'
}
