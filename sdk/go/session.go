// Package ww is what a guest uses to talk with its host: the session that it was granted, and the processes that
// it runs through it.
//
//	session, err := ww.Connect(ctx)
//	child, err := session.Executor().Spawn(ctx, ww.Command{Bytecode: program, Link: true})
//	code, err := child.Wait(ctx)
//
// What is not granted is null: a call to it fails, and nothing happens. Compile a guest with
// GOOS=wasip1 GOARCH=wasm.
package ww

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"syscall"

	"capnproto.org/go/capnp/v3"
	"capnproto.org/go/capnp/v3/rpc"

	"ww/api"
)

// Descriptor is where a guest finds its host.
const Descriptor = 3

// Session is all of a guest's authority, and the connection that it lives on.
type Session struct {
	conn    *rpc.Conn
	init    api.ProcessInit
	message api.Session
	release capnp.ReleaseFunc
	close   sync.Once
}

// Dial opens the byte stream to the host: accepted from the listener on descriptor 3, or that descriptor itself.
func Dial() (net.Conn, error) {
	if err := syscall.SetNonblock(Descriptor, true); err != nil {
		return nil, fmt.Errorf("ww: this process was given no connection to its host (descriptor %d): %w", Descriptor, err)
	}
	file := os.NewFile(Descriptor, "host")
	if listener, err := net.FileListener(file); err == nil {
		conn, err := listener.Accept()
		listener.Close()
		if err == nil {
			file.Close()
			return conn, nil
		}
	}
	conn, err := net.FileConn(file)
	if err != nil {
		return nil, fmt.Errorf("ww: descriptor %d is no connection to the host: %w", Descriptor, err)
	}
	file.Close()
	return conn, nil
}

// Connect opens the connection to the host and logs in. The session lives as long as the connection; the
// connection as long as the process, unless it is closed.
func Connect(ctx context.Context) (*Session, error) {
	stream, err := Dial()
	if err != nil {
		return nil, err
	}
	conn := rpc.NewConn(rpc.NewStreamTransport(stream), nil)
	bootstrap := conn.Bootstrap(ctx)
	answer, release := api.Terminal(bootstrap).Login(ctx, nil)
	results, err := answer.Struct()
	if err == nil {
		var message api.Session
		if message, err = results.Session(); err == nil {
			return &Session{conn: conn, init: api.ProcessInit(bootstrap), message: message, release: release}, nil
		}
	}
	release()
	bootstrap.Release()
	conn.Close()
	return nil, fmt.Errorf("ww: the host gives no session: %w", err)
}

// Close ends the connection; every capability that came through it is void then.
func (s *Session) Close() error {
	var err error
	s.close.Do(func() {
		s.release()
		capnp.Client(s.init).Release()
		err = s.conn.Close()
	})
	return err
}

// Done is closed when the connection has ended, whoever ended it.
func (s *Session) Done() <-chan struct{} { return s.conn.Done() }

// API is the session as its schema has it.
func (s *Session) API() api.Session { return s.message }

// Host is the name of the machine that the host runs on.
func (s *Session) Host() string {
	host, _ := s.message.Local().Host()
	return host
}

// Executor runs processes; it is not Valid where none was granted.
func (s *Session) Executor() Executor { return Executor{s.message.Exec()} }

// View shows the cluster; it is not IsValid where none was granted.
func (s *Session) View() api.View { return s.message.View() }

// CapStore keeps capabilities by name; it is not IsValid where none was granted.
func (s *Session) CapStore() api.CapStore { return s.message.CapStore() }

// Extra is the capability of this name; it is not IsValid where none was granted.
func (s *Session) Extra(name string) capnp.Client {
	extra, err := s.message.Extra()
	if err != nil {
		return capnp.Client{}
	}
	for i := 0; i < extra.Len(); i++ {
		if found, err := extra.At(i).Name(); err == nil && found == name {
			return extra.At(i).Client()
		}
	}
	return capnp.Client{}
}

// Names are those of the extra capabilities.
func (s *Session) Names() []string {
	extra, err := s.message.Extra()
	if err != nil {
		return nil
	}
	names := make([]string, extra.Len())
	for i := range names {
		names[i], _ = extra.At(i).Name()
	}
	return names
}

// Grant is everything that the session holds, to be handed down, or reduced first.
func (s *Session) Grant() Grant {
	grant := Grant{Executor: s.Executor(), View: s.View(), CapStore: s.CapStore()}
	for _, name := range s.Names() {
		if grant.Extra == nil {
			grant.Extra = map[string]capnp.Client{}
		}
		grant.Extra[name] = s.Extra(name)
	}
	return grant
}

// Provide offers a capability to whoever holds this process (see Process.Bootstrap). The session keeps the
// reference.
func (s *Session) Provide(ctx context.Context, client capnp.Client) error {
	answer, release := s.init.Provide(ctx, func(p api.ProcessInit_provide_Params) error {
		return p.SetCapability(client)
	})
	defer release()
	_, err := answer.Struct()
	return err
}

// Process is this process itself: to be linked, watched or paused, by itself or by whoever is given it.
func (s *Session) Process(ctx context.Context) (Process, error) {
	answer, release := s.init.Process(ctx, nil)
	defer release()
	results, err := answer.Struct()
	if err != nil {
		return Process{}, err
	}
	return Process{results.Process().AddRef()}, nil
}

// ErrNotGranted is what a call to a capability that was not granted returns, where the SDK can tell.
var ErrNotGranted = errors.New("ww: this capability was not granted")

// Bootstrap is what the host offers first; it answers as api.Terminal and as api.ProcessInit.
func (s *Session) Bootstrap() capnp.Client { return capnp.Client(s.init) }
