package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/FerretDB/wire"
	"github.com/FerretDB/wire/wirebson"

	"github.com/FerretDB/FerretDB/internal/clientconn/conninfo"
	"github.com/FerretDB/FerretDB/internal/handler/handlererrors"
)

// Roles that users have here, in order, and so the only ones that may be given to them: administrators, and others.
var administratorRoles, ownerRoles = []string{"root"}, []string{"dbAdmin", "readWrite"}

// monitors is the one database whose users may watch the whole server. FerretDB keeps no roles, so where a user was made tells them.
const monitors = "monitoring"

// monitorRoles are what such a user may be given in the place of the roles of others.
var monitorRoles = []string{"admin.clusterMonitor", "local.read"}

// diagnostic lists the commands that tell how the server is, and nothing of what anyone keeps.
var diagnostic = []string{
	"collStats", "currentOp", "dbStats", "getCmdLineOpts", "getLog", "hostInfo", "listDatabases", "serverStatus",
}

// free lists the commands by which a client and a server come to know each other; they concern no database.
var free = []string{
	"buildInfo", "buildinfo", "connectionStatus", "endSessions", "getParameter", "hello", "isMaster", "ismaster",
	"logout", "ping", "saslContinue", "saslStart", "whatsmyuri",
}

// administrative lists the commands about users.
var administrative = []string{"createUser", "dropAllUsersFromDatabase", "dropUser", "updateUser", "usersInfo"}

type command func(context.Context, *wire.OpMsg) (*wire.OpMsg, error)

// authorized keeps users within the database that they were made in. Whether someone is a user at all is checked inside.
func authorized(name string, run command) command {
	return func(ctx context.Context, message *wire.OpMsg) (*wire.OpMsg, error) {
		document, err := message.RawSection0().Decode()
		if err != nil {
			return nil, err
		}
		database, _ := document.Get("$db").(string)
		_, _, _, home := conninfo.Get(ctx).Auth()
		watches := home == monitors && slices.Contains(diagnostic, name)
		if home != "" && home != administrators && !watches && !slices.Contains(free, name) {
			if database != home || slices.Contains(administrative, name) {
				refusal := fmt.Sprintf("not authorized on %s to execute command %s", database, name)
				return nil, handlererrors.NewCommandErrorMsg(handlererrors.ErrUnauthorized, refusal)
			}
		}
		if name == "createUser" || name == "updateUser" {
			if message, err = withoutRoles(document, database); err != nil {
				return nil, err
			}
		}
		return run(ctx, message)
	}
}

// withoutRoles takes the roles out, which FerretDB refuses, if they are those that the user has anyway.
func withoutRoles(document *wirebson.Document, database string) (*wire.OpMsg, error) {
	given, ok := document.Get("roles").(wirebson.AnyArray)
	if !ok {
		return wire.NewOpMsg(document)
	}
	array, err := given.Decode()
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, array.Len())
	for role := range array.Values() {
		name, err := roleName(role, database)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	slices.Sort(names)
	known := ownerRoles
	if database == administrators {
		known = administratorRoles
	}
	watches := database == monitors && slices.Equal(names, monitorRoles)
	if !watches && !slices.Equal(names, known) {
		return nil, unknownRoles(fmt.Sprintf("users of %s have the roles %s, no others", database, strings.Join(known, " and ")))
	}
	if err := document.Replace("roles", wirebson.MakeArray(0)); err != nil {
		return nil, err
	}
	return wire.NewOpMsg(document)
}

// roleName reads a role, which stands by its name alone, or in a document with its database. One of another database begins with that.
func roleName(role any, database string) (string, error) {
	if name, ok := role.(string); ok {
		return name, nil
	}
	described, ok := role.(wirebson.AnyDocument)
	if !ok {
		return "", unknownRoles("a role is a name or a document")
	}
	document, err := described.Decode()
	if err != nil {
		return "", err
	}
	name, _ := document.Get("role").(string)
	if elsewhere, _ := document.Get("db").(string); elsewhere != database {
		return elsewhere + "." + name, nil
	}
	return name, nil
}

func unknownRoles(reason string) error {
	return handlererrors.NewCommandErrorMsg(handlererrors.ErrNotImplemented, "stand-in for MongoDB: "+reason)
}
