// channel listener|file: echoes what comes through the channel, on a connection accepted from descriptor 3 or on
// descriptor 3 itself, while another goroutine counts. Prints "ended" and whether that one got on meanwhile.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	if err := syscall.SetNonblock(3, true); err != nil {
		panic(err)
	}
	file := os.NewFile(3, "host")
	var stream io.ReadWriteCloser = file
	if len(os.Args) < 2 || os.Args[1] == "listener" {
		listener, err := net.FileListener(file)
		if err != nil {
			panic(err)
		}
		if stream, err = listener.Accept(); err != nil {
			panic(err)
		}
		if err := listener.Close(); err != nil {
			panic(err)
		}
	}
	var ticks atomic.Int64
	go func() {
		for {
			time.Sleep(time.Millisecond)
			ticks.Add(1)
		}
	}()
	if _, err := io.WriteString(stream, "hello\n"); err != nil {
		panic(err)
	}
	for ticks.Load() < 3 {
		time.Sleep(time.Millisecond)
	}
	before := ticks.Load()
	buffer := make([]byte, 65536)
	for {
		n, err := stream.Read(buffer)
		if err == io.EOF {
			break
		}
		if err != nil {
			panic(err)
		}
		if _, err := stream.Write(buffer[:n]); err != nil {
			panic(err)
		}
	}
	if err := stream.Close(); err != nil {
		panic(err)
	}
	fmt.Println("ended", ticks.Load() >= before)
}
