// A guest with a session, in the roles that the tests want; its first argument names the role.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"time"

	"capnproto.org/go/capnp/v3"

	"ww"
	"ww/api"
)

var roles = map[string]func(context.Context, *ww.Session, []string) error{
	"reach": reach, "sleep": sleep, "exit": exit, "descendants": descendants, "grant": grant, "family": family,
	"loop": loop, "deaf": deaf, "undecided": undecided, "provide": provide, "use": use, "calls": calls,
	"crossing": crossing, "promises": promises, "spawns": spawns, "stdio": stdio,
	"fetch": fetch, "attenuate": attenuate, "pipe": pipe,
}

func main() {
	args := ww.Args()
	if args[0] == "pattern" {
		pattern()
		return
	}
	ctx := context.Background()
	session, err := ww.Connect(ctx)
	if err == nil {
		err = roles[args[0]](ctx, session, args[1:])
		session.Close()
	}
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

// What the session holds, and what comes of calls to what it does not.
func reach(ctx context.Context, session *ww.Session, _ []string) error {
	fmt.Println("exec", session.Executor().Valid(), "view", session.View().IsValid(),
		"store", session.CapStore().IsValid(), "extra", session.Names())
	if _, err := session.Executor().Ps(ctx); !errors.Is(err, ww.ErrNotGranted) {
		return fmt.Errorf("ps: %v", err)
	}
	// the null capability, called all the same, and what was bootstrapped, called as if it were an executor
	for _, forged := range []api.Executor{session.API().Exec(), api.Executor(session.Bootstrap())} {
		answer, release := forged.Ps(ctx, nil)
		_, err := answer.Struct()
		release()
		if err == nil {
			return errors.New("a forged call was answered")
		}
		cached, releaseCached := forged.ExecCached(ctx, func(p api.Executor_execCached_Params) error { return p.SetCid([]byte(ww.Cid())) })
		_, err = cached.Struct()
		releaseCached()
		if err == nil {
			return errors.New("a forged call was answered")
		}
	}
	fmt.Println("nothing more")
	return nil
}

func sleep(ctx context.Context, session *ww.Session, _ []string) error {
	<-session.Done()
	return nil
}

func exit(_ context.Context, session *ww.Session, args []string) error {
	code, _ := strconv.Atoi(args[0])
	os.Exit(code)
	return nil
}

// The process itself, as its executor shows it.
func self(ctx context.Context, session *ww.Session) (ww.Info, error) {
	infos, err := session.Executor().Ps(ctx)
	if err != nil {
		return ww.Info{}, err
	}
	return infos[0], nil // nobody above is seen, and pids grow
}

func again(cid []byte, args ...string) ww.Command {
	return ww.Command{
		CID: cid, Name: "child", Args: args,
		Stdout: api.SpawnRequest_Output_inherit, Stderr: api.SpawnRequest_Output_inherit,
	}
}

// What is seen of the tree, from the top and from below.
func descendants(ctx context.Context, session *ww.Session, args []string) error {
	depth, _ := strconv.Atoi(args[0])
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	infos, err := session.Executor().Ps(ctx)
	if err != nil {
		return err
	}
	fmt.Println("depth", depth, "alone", len(infos) == 1)
	if depth == 0 {
		return nil
	}
	command := again(me.CID, "descendants", strconv.Itoa(depth-1))
	command.Grant.Executor = session.Executor()
	child, err := session.Executor().Spawn(ctx, command)
	if err != nil {
		return err
	}
	info, err := child.Info(ctx)
	if err != nil {
		return err
	}
	if info.Ppid != me.Pid {
		return fmt.Errorf("parent %d is not %d", info.Ppid, me.Pid)
	}
	_, err = child.Wait(ctx)
	return err
}

// Three children: with nothing, with one of two capabilities under another name, with all.
func grant(ctx context.Context, session *ww.Session, args []string) error {
	if len(args) > 0 {
		names := session.Names()
		sort.Strings(names)
		fmt.Println(args[0], session.Executor().Valid(), names)
		for _, name := range names {
			has, err := ask(ctx, session.Extra(name), name)
			fmt.Println(args[0], name, has, err)
		}
		return nil
	}
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	for _, given := range []struct {
		name  string
		grant ww.Grant
	}{
		{"none", ww.Grant{}},
		{"one", ww.Grant{Extra: map[string]capnp.Client{"renamed": session.Extra("first")}}},
		{"all", session.Grant()},
	} {
		command := again(me.CID, "grant", given.name)
		command.Grant = given.grant
		child, err := session.Executor().Spawn(ctx, command)
		if err != nil {
			return err
		}
		if code, err := child.Wait(ctx); err != nil || code != 0 {
			return fmt.Errorf("%s: %d %v", given.name, code, err)
		}
	}
	return nil
}

// Any capability that answers `has` can be asked.
func ask(ctx context.Context, client capnp.Client, what string) (bool, error) {
	answer, release := api.BytecodeCache(client).Has(ctx, func(p api.BytecodeCache_has_Params) error {
		return p.SetCid([]byte(what))
	})
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return false, err
	}
	return results.Has(), nil
}

// Links and monitors, made in the step of the spawn and later.
func family(ctx context.Context, session *ww.Session, _ []string) error {
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	executor := session.Executor()
	told := make(chan ww.Reason, 1)
	command := again(me.CID, "exit", "7")
	command.Monitor = func(reason ww.Reason) { told <- reason }
	short, err := executor.Spawn(ctx, command)
	if err != nil {
		return err
	}
	fmt.Println("told", <-told)
	event, err := short.Monitor(ctx) // of one that has ended
	fmt.Println("event", event, err)
	code, err := short.Wait(ctx)
	fmt.Println("code", code, err)

	one, err := executor.Spawn(ctx, again(me.CID, "sleep"))
	if err != nil {
		return err
	}
	two, err := executor.Exec(ctx, ww.Grant{}, nil, 0)
	fmt.Println("no program", err != nil, two.API.IsValid())
	if two, err = executor.ExecCached(ctx, ww.Grant{}, me.CID, 0, "sleep"); err != nil {
		return err
	}
	info, err := two.Info(ctx)
	if err != nil {
		return err
	}
	for _, err := range []error{
		one.Link(ctx, two), two.Link(ctx, one), one.Unlink(ctx, two), one.LinkLocal(ctx, info.Pid),
		one.UnlinkLocal(ctx, info.Pid), two.Link(ctx, one), one.Kill(ctx),
	} {
		if err != nil {
			return err
		}
	}
	reason, err := two.Reason(ctx)
	fmt.Println("linked", reason.Kind, reason.Origin == reason.Via, err)
	fmt.Println("stranger", one.LinkLocal(ctx, 1) != nil)

	command = again(me.CID, "exit", "0")
	command.Link = true
	command.Monitor = func(ww.Reason) {}
	if _, err = executor.Spawn(ctx, command); err != nil {
		return err
	}
	select {} // ended by the link, and by nothing else
}

// The original's event loop: one select over pause, resume and work.
func loop(ctx context.Context, session *ww.Session, _ []string) error {
	events, err := session.Events(ctx)
	if err != nil {
		return err
	}
	work := time.NewTicker(time.Millisecond)
	defer work.Stop()
	fmt.Println("ready")
	for worked := 0; ; {
		select {
		case <-events.OnPause():
			fmt.Println("paused")
			<-events.OnResume()
			fmt.Println("resumed")
			worked = 0
		case <-work.C:
			if worked++; worked == 3 {
				fmt.Println("worked")
			}
		case <-session.Done():
			return nil
		}
	}
}

// A handler whose owner never listens.
func deaf(ctx context.Context, session *ww.Session, _ []string) error {
	if _, err := session.Events(ctx); err != nil {
		return err
	}
	fmt.Println("ready")
	return sleep(ctx, session, nil)
}

// A handler that is given back while it is asked to pause.
func undecided(ctx context.Context, session *ww.Session, _ []string) error {
	events, err := session.Events(ctx)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	<-events.OnPause()
	if err := events.Close(ctx); err != nil {
		return err
	}
	fmt.Println("held and released")
	return nil
}

type cache struct{}

func (cache) Has(_ context.Context, call api.BytecodeCache_has) error {
	cid, err := call.Args().Cid()
	if err != nil {
		return err
	}
	results, err := call.AllocResults()
	if err != nil {
		return err
	}
	results.SetHas(len(cid)%2 == 0)
	return nil
}

func (cache) Part(context.Context, api.BytecodeCache_part) error { return errors.New("not here") }
func (cache) Put(context.Context, api.BytecodeCache_put) error { return errors.New("not here") }
func (cache) Get(context.Context, api.BytecodeCache_get) error {
	return errors.New("a bug of this guest")
}

func provide(ctx context.Context, session *ww.Session, _ []string) error {
	offered := capnp.Client(api.BytecodeCache_ServerToClient(cache{}))
	if err := session.Provide(ctx, offered); err != nil {
		return err
	}
	fmt.Println("ready")
	return sleep(ctx, session, nil)
}

// Spawns a child that offers a capability, and calls it.
func use(ctx context.Context, session *ww.Session, _ []string) error {
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	command := again(me.CID, "provide")
	command.Stdout = api.SpawnRequest_Output_capture
	child, err := session.Executor().Spawn(ctx, command)
	if err != nil {
		return err
	}
	if _, err := child.ReadStdout(ctx, 100); err != nil { // it is ready
		return err
	}
	offered, err := child.Bootstrap(ctx)
	if err != nil {
		return err
	}
	for _, what := range []string{"odd", "even"} {
		has, err := ask(ctx, offered, what)
		fmt.Println(what, has, err)
	}
	if err := child.Kill(ctx); err != nil {
		return err
	}
	if _, err := child.Monitor(ctx); err != nil {
		return err
	}
	_, err = ask(ctx, offered, "gone")
	fmt.Println("gone", err != nil)
	_, err = child.Bootstrap(ctx)
	fmt.Println("gone", err != nil)
	return nil
}

// N calls one after the other of the capability "echo"; how long they took.
func calls(ctx context.Context, session *ww.Session, args []string) error {
	count, _ := strconv.Atoi(args[0])
	echo := session.Extra("echo")
	times := make([]int, count)
	began := time.Now()
	for i := range times {
		start := time.Now()
		if _, err := ask(ctx, echo, "x"); err != nil {
			return err
		}
		times[i] = int(time.Since(start).Microseconds())
	}
	total := time.Since(began).Seconds()
	sort.Ints(times)
	fmt.Println(times[count/2], times[count*99/100], float64(count)/total)
	return nil
}

// N children of a small program that is kept already, one after the other.
func spawns(ctx context.Context, session *ww.Session, args []string) error {
	count, _ := strconv.Atoi(args[0])
	program, err := session.Executor().Put(ctx, []byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00\x03\x02\x01\x00\x07\x0a\x01\x06_start\x00\x00\x0a\x04\x01\x02\x00\x0b"))
	if err != nil {
		return err
	}
	times := make([]int, count)
	for i := range times {
		start := time.Now()
		child, err := session.Executor().Spawn(ctx, ww.Command{CID: program})
		if err != nil {
			return err
		}
		times[i] = int(time.Since(start).Microseconds())
		if _, err := child.Wait(ctx); err != nil {
			return err
		}
		child.Release()
	}
	sort.Ints(times)
	fmt.Println(times[count/2], times[count*99/100])
	return nil
}

// Two children that link each other at once, from both sides, many times.
func crossing(ctx context.Context, session *ww.Session, _ []string) error {
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	executor := session.Executor()
	one, err := executor.Spawn(ctx, again(me.CID, "sleep"))
	if err != nil {
		return err
	}
	two, err := executor.Spawn(ctx, again(me.CID, "sleep"))
	if err != nil {
		return err
	}
	done := make(chan error)
	for i := 0; i < 20; i++ {
		go func() { done <- one.Link(ctx, two) }()
		go func() { done <- two.Link(ctx, one) }()
	}
	for i := 0; i < 40; i++ {
		if err := <-done; err != nil {
			return err
		}
	}
	// a process that is only promised yet can be linked, too
	promised, release := executor.API.ExecCached(ctx, func(p api.Executor_execCached_Params) error { return p.SetCid(me.CID) })
	defer release()
	if err := one.Link(ctx, ww.Process{API: promised.Process()}); err != nil {
		return err
	}
	if err := one.Kill(ctx); err != nil {
		return err
	}
	_, err = two.Wait(ctx)
	fmt.Println("both ended", err)
	_, err = ww.Process{API: promised.Process()}.Wait(ctx)
	fmt.Println("the promised one, too", err)
	return nil
}

// Calls without end that nobody waits for.
func promises(ctx context.Context, session *ww.Session, args []string) error {
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	child, err := session.Executor().Spawn(ctx, again(me.CID, "sleep"))
	if err != nil {
		return err
	}
	refused := 0
	for i := 0; i < 3000; i++ {
		answer, release := child.API.Wait(ctx, nil)
		_ = release
		select {
		case <-answer.Done():
			if _, err := answer.Struct(); err != nil {
				refused++
			}
		default:
		}
	}
	fmt.Println("goes on")
	if _, err := session.Executor().Ps(ctx); err != nil {
		fmt.Println("overloaded")
	}
	return nil
}

func stdio(ctx context.Context, session *ww.Session, _ []string) error {
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	command := again(me.CID, "reach")
	command.Stdout = api.SpawnRequest_Output_capture
	child, err := session.Executor().Spawn(ctx, command)
	if err != nil {
		return err
	}
	for {
		content, err := child.ReadStdout(ctx, 7)
		if err != nil || len(content) == 0 {
			fmt.Println("end", err)
			return nil
		}
		os.Stdout.Write(content)
	}
}

// N megabytes from the capability "echo"; how many a second.
func fetch(ctx context.Context, session *ww.Session, args []string) error {
	count, _ := strconv.Atoi(args[0])
	echo := api.BytecodeCache(session.Extra("echo"))
	size := 0
	began := time.Now()
	for i := 0; i < count; i++ {
		answer, release := echo.Get(ctx, nil)
		results, err := answer.Struct()
		if err != nil {
			return err
		}
		content, err := results.Bytecode()
		if err != nil {
			return err
		}
		size += len(content)
		release()
	}
	fmt.Println(size, float64(size)/1e6/time.Since(began).Seconds())
	return nil
}

// limited lets one question through to another cache, until it is revoked.
type limited struct {
	cache
	whole   capnp.Client
	allowed string
	revoked bool
}

func (l *limited) Part(context.Context, api.BytecodeCache_part) error { return errors.New("not here") }

func (l *limited) Has(ctx context.Context, call api.BytecodeCache_has) error {
	cid, err := call.Args().Cid()
	if err != nil {
		return err
	}
	if l.revoked || string(cid) != l.allowed {
		return errors.New("not allowed")
	}
	has, err := ask(ctx, l.whole, l.allowed)
	if err != nil {
		return err
	}
	results, err := call.AllocResults()
	if err != nil {
		return err
	}
	results.SetHas(has)
	return nil
}

// Hands a child less than it has itself, and takes that back.
func attenuate(ctx context.Context, session *ww.Session, args []string) error {
	if len(args) > 0 {
		given := session.Extra("given")
		for _, what := range []string{"allowed", "other"} {
			has, err := ask(ctx, given, what)
			fmt.Println("child", what, has, err != nil)
		}
		fmt.Fprintln(os.Stderr, "asked")
		for { // until it is taken back
			if _, err := ask(ctx, given, "allowed"); err != nil {
				fmt.Println("child revoked")
				return nil
			}
			time.Sleep(time.Millisecond)
		}
	}
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	less := &limited{whole: session.Extra("first"), allowed: "allowed"}
	command := again(me.CID, "attenuate", "child")
	command.Grant.Extra = map[string]capnp.Client{"given": capnp.Client(api.BytecodeCache_ServerToClient(less))}
	command.Stderr = api.SpawnRequest_Output_capture
	child, err := session.Executor().Spawn(ctx, command)
	if err != nil {
		return err
	}
	if _, err := child.ReadStderr(ctx, 100); err != nil {
		return err
	}
	less.revoked = true
	_, err = child.Wait(ctx)
	return err
}

// Writes to a child's stdin, piece by piece.
func pipe(ctx context.Context, session *ww.Session, args []string) error {
	if len(args) > 0 {
		content, err := io.ReadAll(os.Stdin)
		fmt.Println("child read", len(content), err)
		return nil
	}
	me, err := self(ctx, session)
	if err != nil {
		return err
	}
	command := again(me.CID, "pipe", "child")
	command.Stdin = api.SpawnRequest_Input_pipe
	command.Limits = ww.Limits{Deadline: time.Minute, Memory: 1 << 29, Output: 1000}
	command.Env = map[string]string{"ANY": "thing"}
	child, err := session.Executor().Spawn(ctx, command)
	if err != nil {
		return err
	}
	for i := 0; i < 100; i++ {
		if err := child.WriteStdin(ctx, make([]byte, 10_000)); err != nil {
			return err
		}
	}
	if err := child.CloseStdin(ctx); err != nil {
		return err
	}
	_, err = child.Wait(ctx)
	return err
}
