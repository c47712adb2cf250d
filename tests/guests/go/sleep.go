// sleep MILLISECONDS: says "asleep", sleeps, says "awake" and how often another goroutine ran meanwhile ("ticked": at least once).
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"time"
)

func main() {
	ms := 100
	if len(os.Args) > 1 {
		ms, _ = strconv.Atoi(os.Args[1])
	}
	var ticks atomic.Int64
	go func() {
		for {
			ticks.Add(1)
			time.Sleep(time.Millisecond)
		}
	}()
	fmt.Println("asleep")
	time.Sleep(time.Duration(ms) * time.Millisecond)
	fmt.Println("awake")
	if ticks.Load() > 0 {
		fmt.Println("ticked")
	}
}
