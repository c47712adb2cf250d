// files DIR: writes a file in DIR, reads it back, lists DIR, and tries to read the file above DIR.
package main

import (
	"fmt"
	"os"
	"path"
)

func main() {
	dir := os.Args[1]
	name := path.Join(dir, "from-go.txt")
	if err := os.WriteFile(name, []byte("written by go\n"), 0o600); err != nil {
		fmt.Println("write:", err)
	}
	if text, err := os.ReadFile(name); err != nil {
		fmt.Println("read:", err)
	} else {
		fmt.Print(string(text))
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		fmt.Println("list:", err)
	}
	for _, entry := range entries {
		fmt.Println("entry", entry.Name())
	}
	if _, err := os.ReadFile(dir + "/../secret.txt"); err == nil {
		fmt.Println("escaped")
		os.Exit(1)
	}
	fmt.Println("contained")
}
