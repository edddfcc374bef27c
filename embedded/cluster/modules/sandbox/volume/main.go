// What local-path-provisioner runs in a pod to make or remove the folder of a volume, with the options that it gives its scripts.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	action := flag.String("a", "", "create or delete")
	folder := flag.String("p", "", "the folder")
	flag.String("s", "", "the size of the volume in bytes, which nothing enforces")
	flag.String("m", "", "the mode of the volume, which is always Filesystem")
	flag.Parse()
	if err := do(*action, *folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func do(action, folder string) error {
	switch action {
	case "create":
		return create(folder)
	case "delete":
		return os.RemoveAll(folder)
	default:
		return fmt.Errorf("%q can't be done to a volume: only create and delete", action)
	}
}

// Any user may write, as with the project's own scripts: the user that a pod runs as is not known here.
func create(folder string) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	return os.Chmod(folder, 0o777)
}
