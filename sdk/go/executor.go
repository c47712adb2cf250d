package ww

import (
	"context"
	"time"

	"capnproto.org/go/capnp/v3"

	"ww/api"
)

// Executor runs processes. Through it its holder sees himself and what is below him.
type Executor struct{ API api.Executor }

// Valid is false for an executor that was not granted.
func (e Executor) Valid() bool { return e.API.IsValid() }

// Grant is what a child receives: all of its authority. What is left out is null. References stay the caller's.
type Grant struct {
	Executor Executor
	View     api.View
	CapStore api.CapStore
	Extra    map[string]capnp.Client
}

func (g Grant) isEmpty() bool {
	return !g.Executor.Valid() && !g.View.IsValid() && !g.CapStore.IsValid() && len(g.Extra) == 0
}

func (g Grant) fill(session api.Session) error {
	if g.Executor.Valid() {
		if err := session.SetExec(g.Executor.API.AddRef()); err != nil {
			return err
		}
	}
	if g.View.IsValid() {
		if err := session.SetView(g.View.AddRef()); err != nil {
			return err
		}
	}
	if g.CapStore.IsValid() {
		if err := session.SetCapStore(g.CapStore.AddRef()); err != nil {
			return err
		}
	}
	if len(g.Extra) == 0 {
		return nil
	}
	list, err := session.NewExtra(int32(len(g.Extra)))
	if err != nil {
		return err
	}
	index := 0
	for name, client := range g.Extra {
		item := list.At(index)
		index++
		if err := item.SetName(name); err != nil {
			return err
		}
		if err := item.SetClient(client.AddRef()); err != nil {
			return err
		}
	}
	return nil
}

// Limits of a process; 0 is the default, and none is above the caller's own.
type Limits struct {
	Memory      uint64 // bytes
	Deadline    time.Duration
	CPU         time.Duration
	Output      uint64 // bytes
	Children    uint32
	Descriptors uint32
}

// Command is a program to spawn, and everything that it is given.
type Command struct {
	Bytecode []byte // or CID, for a program of the bytecode cache
	CID      []byte
	Name     string // its argument 0; by default its CID
	Args     []string
	Env      map[string]string
	Grant    Grant
	Limits   Limits

	Stdin          api.SpawnRequest_Input
	StdinContent   []byte // with SpawnRequest_Input_content
	Stdout, Stderr api.SpawnRequest_Output
	Channel        api.SpawnRequest_Channel

	Link    bool         // with the caller, before its first instruction
	Monitor func(Reason) // called once, with why it ended
}

// Spawn starts a process, which receives exactly what the command lists.
func (e Executor) Spawn(ctx context.Context, command Command) (Process, error) {
	if !e.Valid() {
		return Process{}, ErrNotGranted
	}
	answer, release := e.API.Spawn(ctx, func(p api.Executor_spawn_Params) error {
		request, err := p.NewRequest()
		if err != nil {
			return err
		}
		return command.fill(request)
	})
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return Process{}, err
	}
	return Process{results.Process().AddRef()}, nil
}

func (c Command) fill(request api.SpawnRequest) error {
	var err error
	if c.CID != nil {
		err = request.Program().SetCid(c.CID)
	} else {
		err = request.Program().SetBytecode(c.Bytecode)
	}
	if err != nil {
		return err
	}
	if err := request.SetName(c.Name); err != nil {
		return err
	}
	args, err := request.NewArgs(int32(len(c.Args)))
	if err != nil {
		return err
	}
	if err := setTexts(args, c.Args); err != nil {
		return err
	}
	env, err := request.NewEnv(int32(len(c.Env)))
	if err != nil {
		return err
	}
	index := 0
	for name, value := range c.Env {
		if err := env.At(index).SetName(name); err != nil {
			return err
		}
		if err := env.At(index).SetValue(value); err != nil {
			return err
		}
		index++
	}
	if !c.Grant.isEmpty() {
		session, err := request.NewSession()
		if err != nil {
			return err
		}
		if err := c.Grant.fill(session); err != nil {
			return err
		}
	}
	request.SetStdin(c.Stdin)
	if err := request.SetStdinContent(c.StdinContent); err != nil {
		return err
	}
	request.SetStdout(c.Stdout)
	request.SetStderr(c.Stderr)
	request.SetChannel(c.Channel)
	request.SetLink(c.Link)
	if c.Monitor != nil {
		if err := request.SetMonitor(api.MonitorHandler_ServerToClient(monitor(c.Monitor))); err != nil {
			return err
		}
	}
	if c.Limits == (Limits{}) {
		return nil
	}
	limits, err := request.NewLimits()
	if err != nil {
		return err
	}
	limits.SetMemory(c.Limits.Memory)
	limits.SetDeadline(c.Limits.Deadline.Seconds())
	limits.SetCpu(c.Limits.CPU.Seconds())
	limits.SetOutput(c.Limits.Output)
	limits.SetChildren(c.Limits.Children)
	limits.SetDescriptors(c.Limits.Descriptors)
	return nil
}

type monitor func(Reason)

func (m monitor) Ended(_ context.Context, call api.MonitorHandler_ended) error {
	reason, err := call.Args().Reason()
	if err != nil {
		return err
	}
	read, err := readReason(reason)
	if err != nil {
		return err
	}
	m(read)
	return nil
}

// Exec runs a program whose arguments are its pid, its parent's, its CID and then args. A ppid of 0 is the
// caller's own process.
func (e Executor) Exec(ctx context.Context, grant Grant, bytecode []byte, ppid uint32, args ...string) (Process, error) {
	if !e.Valid() {
		return Process{}, ErrNotGranted
	}
	answer, release := e.API.Exec(ctx, func(p api.Executor_exec_Params) error {
		session, err := p.NewSession()
		if err != nil {
			return err
		}
		if err := grant.fill(session); err != nil {
			return err
		}
		if err := p.SetBytecode(bytecode); err != nil {
			return err
		}
		p.SetPpid(ppid)
		list, err := p.NewArgs(int32(len(args)))
		if err != nil {
			return err
		}
		return setTexts(list, args)
	})
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return Process{}, err
	}
	return Process{results.Process().AddRef()}, nil
}

// ExecCached is Exec for a program of the bytecode cache.
func (e Executor) ExecCached(ctx context.Context, grant Grant, cid []byte, ppid uint32, args ...string) (Process, error) {
	if !e.Valid() {
		return Process{}, ErrNotGranted
	}
	answer, release := e.API.ExecCached(ctx, func(p api.Executor_execCached_Params) error {
		session, err := p.NewSession()
		if err != nil {
			return err
		}
		if err := grant.fill(session); err != nil {
			return err
		}
		if err := p.SetCid(cid); err != nil {
			return err
		}
		p.SetPpid(ppid)
		list, err := p.NewArgs(int32(len(args)))
		if err != nil {
			return err
		}
		return setTexts(list, args)
	})
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return Process{}, err
	}
	return Process{results.Process().AddRef()}, nil
}

func setTexts(list capnp.TextList, texts []string) error {
	for i, text := range texts {
		if err := list.Set(i, text); err != nil {
			return err
		}
	}
	return nil
}

// Ps lists the live processes that the holder may see, by pid.
func (e Executor) Ps(ctx context.Context) ([]Info, error) {
	if !e.Valid() {
		return nil, ErrNotGranted
	}
	answer, release := e.API.Ps(ctx, nil)
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return nil, err
	}
	list, err := results.Procs()
	if err != nil {
		return nil, err
	}
	infos := make([]Info, list.Len())
	for i := range infos {
		if infos[i], err = readInfo(list.At(i)); err != nil {
			return nil, err
		}
	}
	return infos, nil
}

// Put keeps a program in the bytecode cache; its CID is what ExecCached and Command take.
func (e Executor) Put(ctx context.Context, bytecode []byte) ([]byte, error) {
	if !e.Valid() {
		return nil, ErrNotGranted
	}
	cache, releaseCache := e.API.BytecodeCache(ctx, nil)
	defer releaseCache()
	answer, release := cache.Cache().Put(ctx, func(p api.BytecodeCache_put_Params) error {
		return p.SetBytecode(bytecode)
	})
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return nil, err
	}
	cid, err := results.Cid()
	if err != nil {
		return nil, err
	}
	return append([]byte(nil), cid...), nil
}
