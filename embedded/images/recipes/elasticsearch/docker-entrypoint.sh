#!/bin/sh
# Starts the server as the official image does: any other command is run as it is, and the administrator's password may stand in a
# file that nobody else reads.
set -e

if [ "$1" != eswrapper ]; then
  exec "$@"
fi

if [ -n "$ELASTIC_PASSWORD_FILE" ]; then
  if [ -n "$ELASTIC_PASSWORD" ]; then
    echo "ERROR: ELASTIC_PASSWORD_FILE and ELASTIC_PASSWORD are both set; set one of them" >&2
    exit 1
  fi
  permissions=$(stat -L -c %a "$ELASTIC_PASSWORD_FILE")
  case $permissions in
    400 | 600) ;;
    *)
      echo "ERROR: $ELASTIC_PASSWORD_FILE has the permissions $permissions; give it 400 or 600" >&2
      exit 1
      ;;
  esac
  ELASTIC_PASSWORD=$(cat "$ELASTIC_PASSWORD_FILE")
  export ELASTIC_PASSWORD
  unset ELASTIC_PASSWORD_FILE
fi

exec node /usr/share/elasticsearch/server.mjs
