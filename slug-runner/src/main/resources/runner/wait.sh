# Everybody in the namespace gets the TERM that ends it; this shell only notes it, and is the last to leave.
noted=
trap 'noted=1' TERM INT
"$BASH" -c "$1" <&0 &
app=$!
while :; do
  wait "$app"
  status=$?
  kill -0 "$app" 2>/dev/null || break
done
# A wait that was cut short by the signal told of that; asked again, it tells how the app ended.
if [ -n "$noted" ]; then
  wait "$app" 2>/dev/null
  again=$?
  [ "$again" = 127 ] || status=$again
fi
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
