# Health checks of an app.json in the app's container: KIND COUNT ARGUMENT... for each. Fails with what the first check that
# fails has to say.
fail() { printf '%s\n' "$1" >&2; exit 1; }

connect() { exec 3<>"/dev/tcp/127.0.0.1/${1:-$PORT}"; } 2>/dev/null

# PORT REQUEST CONTENT
http() {
  local answer
  connect "$1" || fail "it does not listen on port ${1:-$PORT}"
  printf '%s' "$2" >&3
  answer=$(head -c 65536 <&3 | tr -d '\0')
  exec 3>&-
  [[ $answer =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]] || fail "the answer is not HTTP: ${answer:0:200}"
  [[ ${BASH_REMATCH[1]} == [23]* ]] || fail "the answer has status ${BASH_REMATCH[1]}"
  [[ ${answer#*$'\r\n\r\n'} == *"$3"* ]] || fail "the answer does not contain $3"
}

# PORT
listening() {
  connect "$1" || fail "it does not listen on port ${1:-$PORT}"
  exec 3>&-
}

# WORD...: with the environment that the app has, and without the platform's own.
command() {
  (
    for name in "${!PLATFORM_VAR_@}"; do
      export "${name#PLATFORM_VAR_}=${!name}"
      unset "$name"
    done 2>/dev/null
    unset PLATFORM_SLUG PLATFORM_MEMORY
    export HOME=/app
    cd /app || exit
    for profile_script in .profile.d/*.sh .profile; do
      if [ -f "$profile_script" ] && [ -r "$profile_script" ]; then . "./$profile_script"; fi
    done
    exec "$@" </dev/null
  ) || fail "it ended with exit code $?"
}

while [ $# -gt 0 ]; do
  kind=$1 count=$2
  shift 2
  "$kind" "${@:1:count}"
  shift "$count"
done
