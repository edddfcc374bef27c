#!/bin/bash
# Starts Neo4j as the official image does: root gives its rights away, variables NEO4J_… are settings, those that end in
# _FILE name a file with the value, and NEO4J_AUTH (or the file that NEO4J_AUTH_PATH names) is `none`, or the first
# user's name and password with a slash between.
set -euo pipefail

if [ "$(id -u)" = 0 ]; then
  chown -R neo4j:neo4j /data /logs "$NEO4J_HOME/conf" "$NEO4J_HOME/run"
  exec setpriv --reuid=neo4j --regid=neo4j --init-groups "$0" "$@"
fi

for variable in ${!NEO4J_@}; do
  case $variable in
    *_FILE) export "${variable%_FILE}=$(< "${!variable}")" ;;
  esac
done

configuration=$NEO4J_HOME/conf/neo4j.conf
if [ -d /conf ]; then cp /conf/* "$NEO4J_HOME/conf/"; fi
touch "$configuration"

# Writes a setting in the place of what the configuration has of it; options of Java are added to those that are there.
configure() {
  if [ "$1" != server.jvm.additional ]; then sed -i "/^$1=/d" "$configuration"; fi
  echo "$1=$2" >> "$configuration"
}

# What the official image says where nobody else does.
for default in server.default_listen_address=0.0.0.0 server.memory.pagecache.size=512M; do
  grep -q "^${default%%=*}=" "$configuration" || echo "$default" >> "$configuration"
done

for variable in ${!NEO4J_@}; do
  case $variable in
    NEO4J_ACCEPT_LICENSE_AGREEMENT | NEO4J_AUTH | NEO4J_AUTH_PATH | NEO4J_DEBUG | NEO4J_EDITION | NEO4J_HOME | *_FILE) continue ;;
  esac
  # Dots are written as one underscore, and underscores as two.
  setting=$(sed 's/_/./g; s/\.\./_/g' <<< "${variable#NEO4J_}")
  if [ -n "${!variable}" ]; then configure "$setting" "${!variable}"; fi
done

if [ "${1:-}" != neo4j ]; then exec "$@"; fi

if [ -n "${NEO4J_AUTH_PATH:-}" ]; then
  credentials=$(< "$NEO4J_AUTH_PATH")
else
  credentials=${NEO4J_AUTH:-}
fi
case $credentials in
  "") ;;
  none) configure dbms.security.auth_enabled false ;;
  neo4j/?*) neo4j-admin dbms set-initial-password "${credentials#neo4j/}" ;;
  *)
    echo "NEO4J_AUTH is neither none nor neo4j/PASSWORD: write it so, in the variable or in the file that NEO4J_AUTH_PATH names" >&2
    exit 1
    ;;
esac

rm -f "$NEO4J_HOME/run/neo4j.pid"
# Neo4j writes the command with quotes where a shell needs them.
command=$(neo4j console --dry-run)
eval "exec $command"
