#!/bin/sh
# The script that the official image starts with.
exec node /usr/share/grafana/server.mjs "$@"
