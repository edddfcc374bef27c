// Package ext stands for the module of the same name in Traefik's repository: what others add to its configuration. Nobody adds anything here.
package ext

// HTTP is embedded in the whole HTTP configuration.
type HTTP struct{}

// Router is embedded in the configuration of each router.
type Router struct{}
