module github.com/abbot/go-http-auth

go 1.26.0

// What Traefik's fork was forked from, under a name of its own: the main module says which module that is.
require keelson/embedded/cluster/traefik/original v0.4.0
