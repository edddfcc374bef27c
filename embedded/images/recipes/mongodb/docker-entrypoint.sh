#!/bin/sh
# Starts mongod as the official image does: options alone are arguments of the server, root gives its rights away, and
# clients are asked who they are where an administrator is named by MONGO_INITDB_ROOT_USERNAME(_FILE).
set -e

case "$1" in
  -*) set -- mongod "$@" ;;
esac

if [ "$1" = mongod ] && [ "$(id -u)" = 0 ]; then
  find /data/db /data/configdb ! -user mongodb -exec chown mongodb:mongodb {} +
  exec setpriv --reuid=mongodb --regid=mongodb --init-groups "$0" "$@"
fi

if [ "$1" = mongod ] && [ -n "$MONGO_INITDB_ROOT_USERNAME$MONGO_INITDB_ROOT_USERNAME_FILE" ]; then
  set -- "$@" --auth
fi

exec "$@"
