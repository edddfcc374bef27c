#!/bin/sh
# Starts the server as the official image does; any other command is run as it is.
set -e

if [ "$1" = eswrapper ]; then
  set -- node /usr/share/elasticsearch/server.mjs
fi

exec "$@"
