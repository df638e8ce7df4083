exec bash -c "$1"
