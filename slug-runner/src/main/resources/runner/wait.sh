# Everybody in the namespace gets the TERM that ends it; this shell only notes it, and is the last to leave. It waits for the app as for
# any command: one in the background would ignore SIGINT and SIGQUIT, and `wait` does not always learn how it ended.
noted=
trap 'noted=1' TERM INT
exec 3>&2 2>/dev/null # this shell would say by which signal the app ended
"$BASH" -c "$1" 2>&3 3>&-
status=$?
others() {
  local process
  for process in /proc/[0-9]*; do
    process=${process#/proc/}
    if [ "$process" != 1 ] && [ "$process" != "$$" ]; then return 0; fi
  done
  return 1
}
if [ -n "$noted" ]; then
  while others; do sleep 0.02; done
fi
exit "$status"
