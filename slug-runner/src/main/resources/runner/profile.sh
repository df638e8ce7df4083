cd "$HOME" || exit 108
for profile_script in .profile.d/*.sh; do
  if [ -r "$profile_script" ]; then . "$profile_script"; fi
done
unset profile_script
