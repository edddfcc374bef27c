package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/FerretDB/FerretDB/internal/handler"
	"github.com/FerretDB/FerretDB/internal/handler/registry"
	"github.com/FerretDB/FerretDB/internal/util/password"
)

// administrators is the database whose users may do everything, everywhere. Users of others have their own database only.
const administrators = "admin"

// withAdministrator opens the data. The first time makes the user whom the environment names, as in the official image.
func withAdministrator(data string, settings *registry.NewHandlerOpts) (*handler.Handler, func(), error) {
	made := filepath.Join(data, "administrator-made")
	if _, err := os.Stat(made); err == nil {
		return registry.NewHandler("sqlite", settings)
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, nil, err
	}
	if err := firstUser(settings); err != nil {
		return nil, nil, err
	}
	if err := removeDatabase(data, administrators); err != nil {
		return nil, nil, err
	}
	served, closeBackend, err := registry.NewHandler("sqlite", settings)
	if err != nil {
		return nil, nil, err
	}
	return served, closeBackend, os.WriteFile(made, nil, 0o600)
}

// firstUser sets whom FerretDB makes together with the database of administrators.
func firstUser(settings *registry.NewHandlerOpts) error {
	user, err := setting("MONGO_INITDB_ROOT_USERNAME")
	if err != nil {
		return err
	}
	secret, err := setting("MONGO_INITDB_ROOT_PASSWORD")
	if err != nil {
		return err
	}
	settings.SetupDatabase = administrators
	settings.SetupUsername = user
	settings.SetupPassword = password.WrapPassword(secret)
	return nil
}

// removeDatabase removes what a first start left that was cut short: a database without its user.
func removeDatabase(data, name string) error {
	files, err := filepath.Glob(filepath.Join(data, name+".sqlite*"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

// setting reads a variable, or the file that its namesake with _FILE names.
func setting(name string) (string, error) {
	value := os.Getenv(name)
	if file := os.Getenv(name + "_FILE"); file != "" {
		content, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		value = strings.TrimRight(string(content), "\n")
	}
	if value == "" {
		return "", fmt.Errorf("the data in this folder is to be made, and nobody could use it; set %s or %s_FILE", name, name)
	}
	return value, nil
}
