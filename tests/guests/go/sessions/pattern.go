package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"syscall"

	"capnproto.org/go/capnp/v3/rpc"

	"ww/api"
)

// How a guest of the Go middleware Wetware finds its host, step for step: nothing of the SDK is used.
func pattern() {
	ctx := context.Background()
	file := os.NewFile(3, "")
	if err := syscall.SetNonblock(3, false); err != nil {
		fail("nonblock", err)
	}
	listener, err := net.FileListener(file)
	if err != nil {
		fail("listener", err)
	}
	stream, err := listener.Accept()
	if err != nil {
		fail("accept", err)
	}
	if err := listener.Close(); err != nil {
		fail("close", err)
	}
	conn := rpc.NewConn(rpc.NewStreamTransport(stream), nil)
	defer conn.Close()
	terminal := api.Terminal(conn.Bootstrap(ctx))
	defer terminal.Release()
	login, release := terminal.Login(ctx, nil)
	defer release()
	results, err := login.Struct()
	if err != nil {
		fail("login", err)
	}
	session, err := results.Session()
	if err != nil {
		fail("session", err)
	}
	fmt.Println("args", os.Args)
	fmt.Println("session", session.HasExec(), session.HasView(), session.HasCapStore())
	if session.HasExec() {
		answer, release := session.Exec().Ps(ctx, nil)
		defer release()
		listed, err := answer.Struct()
		if err != nil {
			fail("ps", err)
		}
		procs, err := listed.Procs()
		if err != nil {
			fail("procs", err)
		}
		fmt.Println("sees", procs.Len())
	}
}

func fail(step string, err error) {
	fmt.Println(step, err)
	os.Exit(2)
}
