# What the log of a build looks like.
heading() { echo "-----> $*"; }
body() { echo "       $*"; }
indent() { sed -u 's/^/       /'; }
fail() {
  while IFS= read -r line; do echo " !     $line"; done <<<"$*"
  exit 1
}
