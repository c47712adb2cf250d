package ww

import (
	"context"
	"fmt"
	"time"

	"capnproto.org/go/capnp/v3"

	"ww/api"
)

// Process is a running program, or one that has ended: then everything is answered at once.
type Process struct{ API api.Process }

// Release lets go of the process, which runs on.
func (p Process) Release() { p.API.Release() }

// Wait waits for its end: its own exit code, or the number of its reason (see Reason.Killed …).
func (p Process) Wait(ctx context.Context) (uint32, error) {
	answer, release := p.API.Wait(ctx, nil)
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return 0, err
	}
	return results.ExitCode(), nil
}

// Monitor waits until it has ended and released everything: why it ended, in words.
func (p Process) Monitor(ctx context.Context) (string, error) {
	answer, release := p.API.Monitor(ctx, nil)
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return "", err
	}
	return results.Event()
}

// Reason is Monitor, for programs to read.
func (p Process) Reason(ctx context.Context) (Reason, error) {
	answer, release := p.API.Reason(ctx, nil)
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return Reason{}, err
	}
	reason, err := results.Reason()
	if err != nil {
		return Reason{}, err
	}
	return readReason(reason)
}

// Kill ends it, and all below it.
func (p Process) Kill(ctx context.Context) error {
	answer, release := p.API.Kill(ctx, nil)
	defer release()
	_, err := answer.Struct()
	return err
}

// Link makes the end of either the end of the other.
func (p Process) Link(ctx context.Context, other Process) error {
	answer, release := p.API.Link(ctx, func(q api.Process_link_Params) error {
		return q.SetOther(other.API.AddRef())
	})
	defer release()
	_, err := answer.Struct()
	return err
}

// Unlink undoes Link.
func (p Process) Unlink(ctx context.Context, other Process) error {
	answer, release := p.API.Unlink(ctx, func(q api.Process_unlink_Params) error {
		return q.SetOther(other.API.AddRef())
	})
	defer release()
	_, err := answer.Struct()
	return err
}

// LinkLocal is Link by the pid of a process that the caller may see.
func (p Process) LinkLocal(ctx context.Context, pid uint32) error {
	answer, release := p.API.LinkLocal(ctx, func(q api.Process_linkLocal_Params) error {
		q.SetOther(pid)
		return nil
	})
	defer release()
	_, err := answer.Struct()
	return err
}

// UnlinkLocal undoes LinkLocal.
func (p Process) UnlinkLocal(ctx context.Context, pid uint32) error {
	answer, release := p.API.UnlinkLocal(ctx, func(q api.Process_unlinkLocal_Params) error {
		q.SetOther(pid)
		return nil
	})
	defer release()
	_, err := answer.Struct()
	return err
}

// Pause asks it to pause, by its own Events if it has them, else by the scheduler's hand.
func (p Process) Pause(ctx context.Context) error {
	answer, release := p.API.Pause(ctx, nil)
	defer release()
	_, err := answer.Struct()
	return err
}

// Suspend pauses it by the scheduler's hand in any case.
func (p Process) Suspend(ctx context.Context) error {
	answer, release := p.API.Suspend(ctx, nil)
	defer release()
	_, err := answer.Struct()
	return err
}

// Resume lets it go on.
func (p Process) Resume(ctx context.Context) error {
	answer, release := p.API.Resume(ctx, nil)
	defer release()
	_, err := answer.Struct()
	return err
}

// ID is a number that no other process of any node has.
func (p Process) ID(ctx context.Context) (int64, error) {
	answer, release := p.API.Id(ctx, nil)
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return 0, err
	}
	return results.Id(), nil
}

// Info is what can be told of it now.
func (p Process) Info(ctx context.Context) (Info, error) {
	answer, release := p.API.Info(ctx, nil)
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return Info{}, err
	}
	info, err := results.Info()
	if err != nil {
		return Info{}, err
	}
	return readInfo(info)
}

// Bootstrap is the capability that the program offers (Session.Provide), as soon as it does. It fails, and says
// why, once the process has ended. Release it after use.
func (p Process) Bootstrap(ctx context.Context) (capnp.Client, error) {
	answer, release := p.API.Bootstrap(ctx, nil)
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return capnp.Client{}, err
	}
	return results.Capability().AddRef(), nil
}

// WriteStdin writes to its stdin, if it was spawned with a pipe.
func (p Process) WriteStdin(ctx context.Context, content []byte) error {
	return p.API.WriteStdin(ctx, func(q api.Process_writeStdin_Params) error { return q.SetContent(content) })
}

// CloseStdin ends its stdin, after waiting until all of it was taken.
func (p Process) CloseStdin(ctx context.Context) error {
	if err := p.API.WaitStreaming(); err != nil {
		return err
	}
	answer, release := p.API.CloseStdin(ctx, nil)
	defer release()
	_, err := answer.Struct()
	return err
}

// ReadStdout gives what it wrote, if it was spawned with a capture: at least one byte, or none at the end.
func (p Process) ReadStdout(ctx context.Context, limit uint32) ([]byte, error) {
	answer, release := p.API.ReadStdout(ctx, func(q api.Process_readStdout_Params) error {
		q.SetLimit(limit)
		return nil
	})
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return nil, err
	}
	content, err := results.Content()
	return append([]byte(nil), content...), err
}

// ReadStderr is ReadStdout for its stderr.
func (p Process) ReadStderr(ctx context.Context, limit uint32) ([]byte, error) {
	answer, release := p.API.ReadStderr(ctx, func(q api.Process_readStderr_Params) error {
		q.SetLimit(limit)
		return nil
	})
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return nil, err
	}
	content, err := results.Content()
	return append([]byte(nil), content...), err
}

// Info is what can be told of a process at one moment.
type Info struct {
	Pid, Ppid uint32
	CID       []byte
	Name      string
	Args      []string
	Created   time.Time
	State     api.State
	CPU       time.Duration
	Memory    uint64
	Output    uint64
	Reason    *Reason // nil while it lives
}

func readInfo(wire api.Info) (Info, error) {
	info := Info{
		Pid: wire.Pid(), Ppid: wire.Ppid(), Created: time.UnixMilli(wire.Time()), State: wire.State(),
		CPU: time.Duration(wire.Cpu() * float64(time.Second)), Memory: wire.Memory(), Output: wire.Output(),
	}
	cid, err := wire.Cid()
	if err != nil {
		return info, err
	}
	info.CID = append([]byte(nil), cid...)
	if info.Name, err = wire.Name(); err != nil {
		return info, err
	}
	args, err := wire.Argv()
	if err != nil {
		return info, err
	}
	info.Args = make([]string, args.Len())
	for i := range info.Args {
		if info.Args[i], err = args.At(i); err != nil {
			return info, err
		}
	}
	if wire.HasReason() {
		reason, err := wire.Reason()
		if err != nil {
			return info, err
		}
		read, err := readReason(reason)
		if err != nil {
			return info, err
		}
		info.Reason = &read
	}
	return info, nil
}

// Reason is why a process ended.
type Reason struct {
	Kind    api.ExitReason_Which
	Code    uint32  // exited: its code
	By      uint32  // killed: the parent whose end killed it; 0 where it was asked for
	Origin  string  // linked: whose end started it
	Via     string  // linked: the neighbour it came through
	Limit   string  // limit: which
	Used    float64 // limit: in its own unit
	Allowed float64
	Text    string // trapped: the engine's message; nodeLost: the node; limit: how it ended itself then
}

func (r Reason) String() string {
	switch r.Kind {
	case api.ExitReason_Which_exited:
		return fmt.Sprintf("exited with code %d", r.Code)
	case api.ExitReason_Which_linked:
		return fmt.Sprintf("ended with linked process %s (through %s)", r.Origin, r.Via)
	case api.ExitReason_Which_limit:
		return fmt.Sprintf("reached its %s limit of %g", r.Limit, r.Allowed)
	case api.ExitReason_Which_trapped:
		return "trapped: " + r.Text
	case api.ExitReason_Which_nodeLost:
		return "lost with node " + r.Text
	default:
		return r.Kind.String()
	}
}

func readReason(wire api.ExitReason) (Reason, error) {
	reason := Reason{Kind: wire.Which()}
	var err error
	switch reason.Kind {
	case api.ExitReason_Which_exited:
		reason.Code = wire.Exited()
	case api.ExitReason_Which_killed:
		reason.By = wire.Killed()
	case api.ExitReason_Which_linked:
		if reason.Origin, err = wire.Linked().Origin(); err == nil {
			reason.Via, err = wire.Linked().Via()
		}
	case api.ExitReason_Which_limit:
		limit := wire.Limit()
		reason.Used, reason.Allowed = limit.Used(), limit.Allowed()
		if reason.Limit, err = limit.Which_(); err == nil {
			reason.Text, err = limit.Then()
		}
	case api.ExitReason_Which_trapped:
		reason.Text, err = wire.Trapped()
	case api.ExitReason_Which_nodeLost:
		reason.Text, err = wire.NodeLost()
	}
	return reason, err
}
