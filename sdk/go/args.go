package ww

import (
	"os"
	"strconv"
)

// A process that was started through `exec` has [pid, ppid, cid, args…] for its arguments, as guests of the Go
// middleware Wetware expect. These functions read them; a program that was spawned, or run from a shell, has its
// name and then its arguments, as in POSIX: see os.Args.

// Pid is the process's own number, 0 where it cannot be told.
func Pid() uint32 { return number(0) }

// Ppid is its parent's number, 0 where it cannot be told.
func Ppid() uint32 { return number(1) }

// Cid names its program, in text; empty where it cannot be told.
func Cid() string {
	if numbered() {
		return os.Args[2]
	}
	return ""
}

// Args are the arguments themselves, however the process was started.
func Args() []string {
	switch {
	case numbered():
		return os.Args[3:]
	case len(os.Args) > 0:
		return os.Args[1:]
	}
	return nil
}

func numbered() bool {
	return len(os.Args) >= 3 && number(0) > 1 && number(1) > 0 && len(os.Args[2]) > 64 && os.Args[2][0] == 'z'
}

func number(index int) uint32 {
	if len(os.Args) < 3 {
		return 0
	}
	value, err := strconv.ParseUint(os.Args[index], 10, 32)
	if err != nil {
		return 0
	}
	return uint32(value)
}
