cd "$HOME" || exit 108
platform_java=$2 platform_classpath=$3
# A slug that was built before its static server was told so finds them in the environment.
if [ -x .static/bin/static-server ] && [ ! -e .platform-runtime ]; then
  export SLUG_RUNNER_JAVA=$platform_java SLUG_RUNNER_CLASSPATH=$platform_classpath
fi
trap 'if [ -n "${profile_script-}" ]; then echo " !     $profile_script ended the shell (exit or set -e), so the command did not run. Let it end without." >&2; fi' EXIT
for profile_script in .profile.d/*.sh .profile; do
  if [ -f "$profile_script" ] && [ -r "$profile_script" ]; then . "./$profile_script"; fi
done
unset profile_script platform_java platform_classpath OLDPWD
