// Command mongod stands in for MongoDB's server where that can't be had: it is FerretDB, which speaks MongoDB's protocol and
// keeps documents in SQLite, with MongoDB's options, and with the rights of users that FerretDB itself doesn't know.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/FerretDB/FerretDB/internal/clientconn"
	"github.com/FerretDB/FerretDB/internal/clientconn/connmetrics"
	"github.com/FerretDB/FerretDB/internal/handler"
	"github.com/FerretDB/FerretDB/internal/handler/registry"
	"github.com/FerretDB/FerretDB/internal/util/logging"
	"github.com/FerretDB/FerretDB/internal/util/state"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "mongod: %v\n", err)
		os.Exit(1)
	}
}

// options are those of MongoDB's server that mean something here.
type options struct {
	data    string
	address string
	auth    bool
}

func run(arguments []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()

	wanted, err := parse(arguments)
	if err != nil {
		return err
	}
	logging.Setup(&logging.NewHandlerOpts{Base: "json", Level: slog.LevelError, RemoveSource: true}, "")
	fmt.Println("stand-in for MongoDB: FerretDB with SQLite, which has no transactions, no change streams and no replica sets")

	metrics := connmetrics.NewListenerMetrics()
	served, closeBackend, err := open(wanted, metrics)
	if err != nil {
		return err
	}
	defer closeBackend()

	listener, err := clientconn.Listen(&clientconn.NewListenerOpts{
		TCP:     wanted.address,
		Mode:    clientconn.NormalMode,
		Metrics: metrics,
		Handler: served,
		Logger:  slog.Default(),
	})
	if err != nil {
		return err
	}
	fmt.Printf("waiting for connections at %s\n", listener.TCPAddr())
	listener.Run(ctx)
	fmt.Println("stopped")
	return nil
}

// parse reads the options of MongoDB's server; those that size or limit it are taken and have no effect.
func parse(arguments []string) (options, error) {
	set := flag.NewFlagSet("mongod", flag.ContinueOnError)
	data := set.String("dbpath", "/data/db", "folder of the data")
	host := set.String("bind_ip", "127.0.0.1", "address to listen at")
	everywhere := set.Bool("bind_ip_all", false, "listen at every address")
	port := set.String("port", "27017", "port to listen at")
	auth := set.Bool("auth", false, "ask clients who they are")
	set.String("wiredTigerCacheSizeGB", "", "without effect")
	set.String("maxConns", "", "without effect")
	if err := set.Parse(arguments); err != nil {
		return options{}, err
	}
	if set.NArg() > 0 {
		return options{}, fmt.Errorf("%q is no option", set.Arg(0))
	}
	if *everywhere {
		*host = ""
	}
	return options{data: *data, address: net.JoinHostPort(*host, *port), auth: *auth}, nil
}

// open opens the data; with authentication, every command is checked for the rights of who gives it.
func open(wanted options, metrics *connmetrics.ListenerMetrics) (*handler.Handler, func(), error) {
	states, err := state.NewProvider("")
	if err != nil {
		return nil, nil, err
	}
	if err := states.Update(func(known *state.State) { known.DisableTelemetry() }); err != nil {
		return nil, nil, err
	}
	settings := &registry.NewHandlerOpts{
		Logger:        slog.Default(),
		ConnMetrics:   metrics.ConnMetrics,
		StateProvider: states,
		TCPHost:       wanted.address,
		SQLiteURL:     (&url.URL{Scheme: "file", Path: filepath.Clean(wanted.data) + "/"}).String(),
		TestOpts:      registry.TestOpts{CappedCleanupPercentage: 10, BatchSize: 100, EnableNewAuth: wanted.auth},
	}
	if !wanted.auth {
		return registry.NewHandler("sqlite", settings)
	}
	served, closeBackend, err := withAdministrator(wanted.data, settings)
	if err != nil {
		return nil, nil, err
	}
	for name, command := range served.Commands() {
		command.Handler = authorized(name, command.Handler)
	}
	return served, closeBackend, nil
}
