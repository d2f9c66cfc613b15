// Packs the Go package as a module proxy that is a folder serves it. The arguments are the folder of the module, the
// license, the version, and the folder of the proxy.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
	"golang.org/x/mod/zip"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 5 {
		log.Fatal("expected four arguments: the folder of the module, the license, the version, and the folder of the proxy")
	}
	if err := pack(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		log.Fatal(err)
	}
}

// library is what makes the module complete, and is no part of the repository.
const library = "internal/link/statefulset.wasm"

func pack(folder, license, version, proxy string) error {
	mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if err != nil {
		return err
	}
	files, err := list(folder, license)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	of := module.Version{Path: modfile.ModulePath(mod), Version: version}
	if err := zip.Create(&packed, of, files); err != nil {
		return err
	}
	path, err := module.EscapePath(of.Path)
	if err != nil {
		return err
	}
	folder = filepath.Join(proxy, filepath.FromSlash(path), "@v")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, text := range map[string][]byte{
		version + ".zip":  packed.Bytes(),
		version + ".mod":  mod,
		version + ".info": fmt.Appendf(nil, "{\"Version\":%q}\n", version),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil {
			return err
		}
	}
	return index(folder)
}

// list is the files of the module. Tests are left out, as they need the rest of the checkout; examples are not.
func list(folder, license string) ([]zip.File, error) {
	checked, err := zip.CheckDir(folder)
	if err == nil {
		err = checked.Err()
	}
	if err != nil {
		return nil, err
	}
	files, complete := []zip.File{file{"LICENSE", license}}, false
	for _, path := range checked.Valid {
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return nil, err
		}
		name = filepath.ToSlash(name)
		complete = complete || name == library
		if !strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "example_") {
			files = append(files, file{name, path})
		}
	}
	if !complete {
		return nil, fmt.Errorf("%s is missing: make go builds it", library)
	}
	return files, nil
}

// index lists the versions that the folder has.
func index(folder string) error {
	paths, err := filepath.Glob(filepath.Join(folder, "*.zip"))
	if err != nil {
		return err
	}
	var versions []string
	for _, path := range paths {
		versions = append(versions, strings.TrimSuffix(filepath.Base(path), ".zip"))
	}
	semver.Sort(versions)
	return os.WriteFile(filepath.Join(folder, "list"), []byte(strings.Join(versions, "\n")+"\n"), 0o644)
}

// file is a file of the module, and where it lies.
type file struct{ name, path string }

func (f file) Path() string                 { return f.name }
func (f file) Lstat() (os.FileInfo, error)  { return os.Lstat(f.path) }
func (f file) Open() (io.ReadCloser, error) { return os.Open(f.path) }
