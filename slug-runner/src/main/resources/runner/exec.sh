exec "$BASH" -c "$1"
