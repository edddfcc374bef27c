#!/bin/sh
# Starts redis-server as the official image does: options or a configuration file alone are arguments of the server,
# root gives its rights away, files are the owner's only.
set -e

case "$1" in
  -* | *.conf) set -- redis-server "$@" ;;
esac

if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis:redis {} +
  exec setpriv --reuid=redis --regid=redis --init-groups "$0" "$@"
fi

if [ "$(umask)" = 0022 ]; then
  umask 0077
fi

# The official server is compiled with protected mode off; this one is told so, unless a configuration file decides.
if [ "$1" = redis-server ]; then
  case "$2" in
    "" | --*)
      shift
      set -- redis-server --protected-mode no "$@"
      ;;
  esac
fi

exec "$@"
