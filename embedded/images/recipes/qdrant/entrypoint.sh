#!/bin/sh
# The official image starts its program by a script of this name.
exec ./qdrant "$@"
