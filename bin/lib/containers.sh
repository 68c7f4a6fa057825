# What bin/image-test needs: a container engine, a base image's packages, linters. Sourced by bin/setup.
# shellcheck shell=bash

container_tools() {
  missing=()
  need podman podman
  need runc runc
  need debootstrap debootstrap
  need iptables iptables
  need shellcheck shellcheck
  need jq jq
  need unzip unzip
  [ -e /usr/lib/cni/bridge ] || missing+=(containernetworking-plugins)
  # The linter for the Dockerfile is on npm only.
  need nodejs node
  need npm npm
  [ "${#missing[@]}" = 0 ] || apt_install "${missing[@]}"
  from_suite sid rclone usr/bin/rclone "$TOOLS/rclone/rclone"
  runs "$TOOLS/rclone/rclone" version 'rclone v1.'
  dockerfile_linter
}

dockerfile_linter() {
  local version=0.16.3 target="$TOOLS/dockerfile-utils"
  [ -e "$target" ] && return 0
  say "fetching dockerfile-utils $version"
  rm -rf "$target.new"
  twice npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$target.new" "dockerfile-utils@$version" ||
    fail "dockerfile-utils cannot be fetched from npm (see above); look at the network, then start again"
  mv "$target.new" "$target"
}
