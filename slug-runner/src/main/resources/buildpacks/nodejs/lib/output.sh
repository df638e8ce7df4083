# What the log of a build looks like.
heading() { echo "-----> $*"; }
body() { echo "       $*"; }
hidden= # a command for sed that leaves out lines
indent() { sed -u -e "$hidden" -e 's/^/       /'; }
fail() {
  while IFS= read -r line; do echo " !     $line"; done <<<"$*"
  exit 1
}

# indented FILE COMMAND...: runs the command, its output indented and kept in FILE. It ends with the command: what that left
# running holds the pipe, for ever perhaps, and gets a second to say its last.
indented() {
  local file=$1 out reader status turn
  shift
  exec {out}> >(tee "$file" | indent)
  reader=$!
  "$@" >&"$out" 2>&1 {out}>&-
  status=$?
  exec {out}>&-
  for turn in {1..100}; do
    kill -0 "$reader" 2>/dev/null || break
    sleep 0.01
  done
  return "$status"
}
