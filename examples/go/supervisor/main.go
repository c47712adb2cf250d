// A guest that runs three workers, each in a process of its own, keeps them alive, and asks them for what they know.
//
//	GOOS=wasip1 GOARCH=wasm go build -o supervisor.wasm .
//	ww run --grant executor --memory 1GiB supervisor.wasm
//
// The supervisor offers its workers a capability of its own (a register of what they have done), and calls the one
// that each worker offers. One worker fails; a monitor tells of it, and another takes its place.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"

	"capnproto.org/go/capnp/v3"

	"ww"
	"ww/api"
)

func main() {
	ctx := context.Background()
	session, err := ww.Connect(ctx)
	if err == nil {
		if args := ww.Args(); len(args) > 0 {
			err = work(ctx, session, args[0])
		} else {
			err = supervise(ctx, session)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "supervisor:", err)
		os.Exit(1)
	}
}

// store is the capability that both sides serve: values by name. The schema is CapStore's; what is kept are
// capabilities, here each worker's own.
type store struct {
	mutex sync.Mutex
	kept  map[string]capnp.Client
	added chan string
}

func newStore() *store { return &store{kept: map[string]capnp.Client{}, added: make(chan string, 16)} }

func (s *store) Set(_ context.Context, call api.CapStore_set) error {
	name, err := call.Args().Id()
	if err != nil {
		return err
	}
	s.mutex.Lock()
	s.kept[name] = call.Args().Cap().AddRef()
	s.mutex.Unlock()
	s.added <- name
	return nil
}

func (s *store) Get(_ context.Context, call api.CapStore_get) error {
	name, err := call.Args().Id()
	if err != nil {
		return err
	}
	s.mutex.Lock()
	client, found := s.kept[name]
	s.mutex.Unlock()
	if !found {
		return fmt.Errorf("nothing is kept as %q", name)
	}
	results, err := call.AllocResults()
	if err != nil {
		return err
	}
	return results.SetCap(client.AddRef())
}

func supervise(ctx context.Context, session *ww.Session) error {
	executor := session.Executor()
	itself, err := session.Process(ctx)
	if err != nil {
		return err
	}
	info, err := itself.Info(ctx)
	if err != nil {
		return err
	}
	program := info.CID // this program: the workers are the same one, with an argument
	register := newStore()
	offered := capnp.Client(api.CapStore_ServerToClient(register))

	ended := make(chan string, 16)
	workers := map[string]ww.Process{}
	start := func(name, task string) error {
		worker, err := executor.Spawn(ctx, ww.Command{
			CID: program, Name: name, Args: []string{task},
			Grant:  ww.Grant{Extra: map[string]capnp.Client{"register": offered}}, // this, and nothing else
			Stdout: api.SpawnRequest_Output_inherit, Stderr: api.SpawnRequest_Output_inherit,
			Monitor: func(reason ww.Reason) { ended <- fmt.Sprintf("%s %v", name, reason) },
		})
		workers[name] = worker
		return err
	}
	for name, task := range map[string]string{"first": "serve", "second": "serve", "third": "fail"} {
		if err := start(name, task); err != nil {
			return err
		}
	}
	fmt.Println("ended:", <-ended) // the third: it is replaced
	if err := start("third", "serve"); err != nil {
		return err
	}
	for range workers {
		<-register.added
	}
	for _, name := range []string{"first", "second", "third"} {
		client, err := workers[name].Bootstrap(ctx)
		if err != nil {
			return err
		}
		answer, release := api.CapStore(client).Get(ctx, func(p api.CapStore_get_Params) error { return p.SetId("self") })
		results, err := answer.Struct()
		if err != nil {
			return err
		}
		fmt.Println(name, "answers:", results.Cap().IsValid())
		release()
		client.Release()
	}
	// the end of one is the end of the other
	if err := workers["first"].Link(ctx, workers["second"]); err != nil {
		return err
	}
	if err := workers["first"].Kill(ctx); err != nil {
		return err
	}
	event, err := workers["second"].Monitor(ctx)
	if err != nil {
		return err
	}
	fmt.Println("second", event != "")
	return workers["third"].Kill(ctx)
}

func work(ctx context.Context, session *ww.Session, task string) error {
	if task == "fail" {
		os.Exit(3)
	}
	mine := newStore()
	self := capnp.Client(api.CapStore_ServerToClient(mine))
	mine.kept["self"] = self.AddRef()
	if err := session.Provide(ctx, self.AddRef()); err != nil {
		return err
	}
	register := api.CapStore(session.Extra("register"))
	answer, release := register.Set(ctx, func(p api.CapStore_set_Params) error {
		if err := p.SetId(os.Args[0]); err != nil {
			return err
		}
		return p.SetCap(self.AddRef())
	})
	_, err := answer.Struct()
	release()
	if err != nil {
		return err
	}
	<-session.Done()
	return nil
}
