# The benchmark of files: a folder of which 1 % has changed is restored with a second copy and in place. Sourced by
# bin/bench.
# shellcheck shell=bash

# files_dataset COUNT BYTES: as the accessory of an app has them, many files in folders of two letters, each of its own
# content, no seed.
files_dataset() {
  mkdir -p "$work/files"
  awk -v count="$1" -v bytes="$2" -v folder="$work/files" 'BEGIN {
    for (i = 0; i < count; i++) {
      if (i % 400 == 0) {
        sub_folder = sprintf("%s/%02x/%02x", folder, (i / 400) % 16, int(i / 6400))
        system("mkdir -p " sub_folder)
      }
      x = (i * 40503 + 1) % 2147483647
      text = sprintf("%d\n", i)
      while (length(text) < 1024) { x = (x * 16807) % 2147483647; text = text sprintf("%08x", x) }
      file = sub_folder "/" i
      for (left = bytes; left >= 1024; left -= 1024) printf "%s", text > file
      printf "%s", substr(text, 1, left) > file
      close(file)
    }
  }'
}

# A run has at least one database; this one is empty.
settings_of_files() {
  settings "{ name: app, adapter: sqlite, path: \"$work/app.sqlite3\" }"
  printf 'paths: ["%s"]\n' "$work/files" >>"$work/kamal-backup.yml"
}

# One file of a hundred gets another content and another length.
files_change() {
  local file
  find "$work/files" -type f -name '*00' | while read -r file; do printf 'changed' >>"$file"; done
  # What the round before left unwritten must not be paid for by this one.
  sync
}

# bytes_moved: what this script and all the processes it has waited for have read and written so far, in bytes. A child's
# numbers are added to its parent's when it is waited for. Pipes count, too; the cache of the disk does not matter.
bytes_moved() { awk '$1 == "rchar:" { r = $2 } $1 == "wchar:" { w = $2 } END { print r, w }' /proc/$$/io; }

# restored HOW OPTION...: the restore, with its bytes in the files HOW-read and HOW-written.
restored() {
  local how=$1 before after
  before=$(bytes_moved)
  kamal_backup restore local --yes --no-safety-backup --only files "${@:2}"
  after=$(bytes_moved)
  awk -v before="$before" -v after="$after" -v to="$work/$how" 'BEGIN {
    split(before, b); split(after, a)
    printf "%d\n", (a[1] - b[1]) / 1000000 >> (to "-read"); printf "%d\n", (a[2] - b[2]) / 1000000 >> (to "-written") }'
}
files_in_place() { restored in-place --in-place; }
files_staged() { restored staged; }

bench_files() {
  local data=$((size * 2)) each
  echo "bench: making $files_count files of $data MB"
  files_dataset "$files_count" $((data * 1000000 / files_count))
  tiny_sqlite "$work/app.sqlite3"
  settings_of_files
  fresh_repository
  backup
  : >"$work/staged-read" && : >"$work/staged-written" && : >"$work/in-place-read" && : >"$work/in-place-written"
  compare files_restore "Files, $files_count of $data MB with 1 % changed: A restores --in-place, B with a second copy" \
    0 1.0 files_change files_in_place files_staged
  for each in staged in-place; do
    echo "bench: $each: $(median <"$work/$each-read") MB read, $(median <"$work/$each-written") MB written"
  done
  row "Files: MB written in place, of which 1 % is $((data / 100))" "$(median <"$work/in-place-written") MB" \
    "$(median <"$work/staged-written") MB" "$(median <"$work/in-place-written")" $((data / 10 + 50)) files_in_place_written_mb
  row "Files: MB read in place" "$(median <"$work/in-place-read") MB" "$(median <"$work/staged-read") MB" \
    "$(median <"$work/in-place-read")" $((data / 10 + 150)) files_in_place_read_mb
  rm -rf "$work/files" "$work/app.sqlite3"
}
