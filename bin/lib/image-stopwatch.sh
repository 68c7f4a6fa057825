#!/bin/sh
# Runs in a container of bin/image-test, where no engine's own time is in the way: by turns with the image's cache and
# without, prints "KIND COMMAND MILLISECONDS" of as many starts as its argument says.
set -eu
lib=/usr/local/lib/kamal-backup
now() { date +%s%N; }
since() { echo $((($(now) - $1) / 1000000)); }
mkfifo /tmp/line
i=0
while [ "$i" -lt "$1" ]; do
  i=$((i + 1))
  for kind in plain cached; do
    if [ "$kind" = cached ]; then
      set -- "$1" kamal-backup
    else
      set -- "$1" /opt/java/bin/java "@$lib/jvm.options" -jar "$lib/kamal-backup-cli.jar"
    fi
    runs=$1
    shift
    began=$(now)
    "$@" version >/dev/null
    echo "$kind version $(since "$began")"
    began=$(now)
    "$@" schedule >/tmp/line 2>&1 &
    read -r line </tmp/line
    echo "$kind schedule $(since "$began") $line"
    kill -KILL "$!"
    wait "$!" 2>/dev/null || true
    set -- "$runs"
  done
done
