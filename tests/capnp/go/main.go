// The Echo of lab.capnp on go-capnp, as a server and as a client, without generated code.
//
//	lab serve PATH    serves on a Unix socket, prints "up", ends with its standard input
//	lab call PATH     calls the server at PATH, prints "ok" or what was wrong
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"capnproto.org/go/capnp/v3"
	"capnproto.org/go/capnp/v3/rpc"
	"capnproto.org/go/capnp/v3/server"
)

const echoID = 0xdb08937b50389a99

var (
	number = capnp.ObjectSize{DataSize: 8}
	ptr    = capnp.ObjectSize{PointerCount: 1}
	both   = capnp.ObjectSize{DataSize: 8, PointerCount: 1}
)

func method(id uint16, impl func(context.Context, *server.Call) error) server.Method {
	return server.Method{Method: capnp.Method{InterfaceID: echoID, MethodID: id}, Impl: impl}
}

func capability(s capnp.Struct) (capnp.Client, error) {
	p, err := s.Ptr(0)
	return p.Interface().Client(), err
}

func setCapability(s capnp.Struct, c capnp.Client) error {
	id := s.Segment().Message().CapTable().Add(c)
	return s.SetPtr(0, capnp.NewInterface(s.Segment(), id).ToPtr())
}

func newEcho() capnp.Client {
	var lock sync.Mutex
	var held capnp.Client
	var stops atomic.Uint32
	return capnp.NewClient(server.New([]server.Method{
		method(0, func(_ context.Context, c *server.Call) error { // ping
			r, err := c.AllocResults(number)
			if err == nil {
				r.SetUint64(0, c.Args().Uint64(0)+1)
			}
			return err
		}),
		method(1, func(_ context.Context, c *server.Call) error { // blob
			r, err := c.AllocResults(ptr)
			if err != nil {
				return err
			}
			p, err := c.Args().Ptr(0)
			if err != nil {
				return err
			}
			data, err := capnp.NewData(r.Segment(), p.Data())
			if err != nil {
				return err
			}
			return r.SetPtr(0, data.ToPtr())
		}),
		method(2, func(_ context.Context, c *server.Call) error { // child
			r, err := c.AllocResults(ptr)
			if err != nil {
				return err
			}
			return setCapability(r, newEcho())
		}),
		method(3, func(ctx context.Context, c *server.Call) error { // callBack
			back, err := capability(c.Args())
			if err != nil {
				return err
			}
			back = back.AddRef()
			defer back.Release()
			n := c.Args().Uint64(0)
			c.Go()
			got, err := ping(ctx, back, n)
			if err != nil {
				return err
			}
			r, err := c.AllocResults(number)
			if err == nil {
				r.SetUint64(0, got)
			}
			return err
		}),
		method(4, func(_ context.Context, c *server.Call) error { // hold
			given, err := capability(c.Args())
			if err != nil {
				return err
			}
			lock.Lock()
			defer lock.Unlock()
			held.Release()
			held = given.AddRef()
			_, err = c.AllocResults(capnp.ObjectSize{})
			return err
		}),
		method(5, func(_ context.Context, c *server.Call) error { // held
			r, err := c.AllocResults(ptr)
			if err != nil {
				return err
			}
			lock.Lock()
			defer lock.Unlock()
			return setCapability(r, held.AddRef())
		}),
		method(6, func(_ context.Context, c *server.Call) error { // drop
			lock.Lock()
			defer lock.Unlock()
			held.Release()
			held = capnp.Client{}
			_, err := c.AllocResults(capnp.ObjectSize{})
			return err
		}),
		method(7, func(_ context.Context, c *server.Call) error { // fail
			p, err := c.Args().Ptr(0)
			if err != nil {
				return err
			}
			return errors.New(p.Text())
		}),
		method(8, func(ctx context.Context, c *server.Call) error { // wait
			c.Go()
			<-ctx.Done()
			stops.Add(1)
			return ctx.Err()
		}),
		method(9, func(_ context.Context, c *server.Call) error { // give
			given, err := capability(c.Args())
			if err != nil {
				return err
			}
			r, err := c.AllocResults(ptr)
			if err != nil {
				return err
			}
			return setCapability(r, given.AddRef())
		}),
		method(10, func(_ context.Context, c *server.Call) error { // cancelled
			r, err := c.AllocResults(number)
			if err == nil {
				r.SetUint32(0, stops.Load())
			}
			return err
		}),
	}, nil, nil))
}

func send(ctx context.Context, c capnp.Client, id uint16, size capnp.ObjectSize, place func(capnp.Struct) error) (*capnp.Answer, capnp.ReleaseFunc) {
	return c.SendCall(ctx, capnp.Send{
		Method:    capnp.Method{InterfaceID: echoID, MethodID: id},
		ArgsSize:  size,
		PlaceArgs: place,
	})
}

func ping(ctx context.Context, c capnp.Client, n uint64) (uint64, error) {
	answer, release := send(ctx, c, 0, number, func(s capnp.Struct) error { s.SetUint64(0, n); return nil })
	defer release()
	r, err := answer.Struct()
	if err != nil {
		return 0, err
	}
	return r.Uint64(0), nil
}

func serve(path string) error {
	listener, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	fmt.Println("up")
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		rpc.NewConn(rpc.NewStreamTransport(conn), &rpc.Options{BootstrapClient: newEcho()})
	}
}

func call(path string) error {
	conn, err := net.Dial("unix", path)
	if err != nil {
		return err
	}
	c := rpc.NewConn(rpc.NewStreamTransport(conn), nil)
	defer c.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	root := c.Bootstrap(ctx)
	defer root.Release()

	if n, err := ping(ctx, root, 41); err != nil || n != 42 {
		return fmt.Errorf("ping gave %d, %v", n, err)
	}

	// three children deep, all pipelined
	child := root.AddRef()
	for depth := 0; depth < 3; depth++ {
		answer, release := send(ctx, child, 2, ptr, nil)
		defer release()
		child.Release()
		child = answer.Field(0, nil).Client().AddRef()
	}
	if n, err := ping(ctx, child, 6); err != nil || n != 7 {
		return fmt.Errorf("the pipelined ping gave %d, %v", n, err)
	}
	child.Release()

	// a callback
	mine := newEcho()
	answer, release := send(ctx, root, 3, both, func(s capnp.Struct) error {
		s.SetUint64(0, 1)
		return setCapability(s, mine.AddRef())
	})
	if r, err := answer.Struct(); err != nil || r.Uint64(0) != 2 {
		return fmt.Errorf("the callback failed: %v", err)
	}
	release()

	// a capability that goes and comes back
	answer, release = send(ctx, root, 9, ptr, func(s capnp.Struct) error { return setCapability(s, mine.AddRef()) })
	promised := answer.Field(0, nil).Client()
	for n := uint64(0); n < 20; n++ {
		if got, err := ping(ctx, promised, n); err != nil || got != n+1 {
			return fmt.Errorf("the capability that came back gave %d, %v", got, err)
		}
	}
	release()
	mine.Release()

	// an error
	answer, release = send(ctx, root, 7, both, func(s capnp.Struct) error {
		text, err := capnp.NewText(s.Segment(), "because")
		if err != nil {
			return err
		}
		return s.SetPtr(0, text.ToPtr())
	})
	if _, err := answer.Struct(); err == nil || !strings.Contains(err.Error(), "because") {
		return fmt.Errorf("fail gave %v", err)
	}
	release()

	// a cancelled call
	stopping, stop := context.WithCancel(ctx)
	answer, release = send(stopping, root, 8, capnp.ObjectSize{}, nil)
	if _, err := ping(ctx, root, 1); err != nil {
		return err
	}
	stop()
	if _, err := answer.Struct(); err == nil {
		return errors.New("a cancelled call has results")
	}
	release()
	for {
		answer, release = send(ctx, root, 10, capnp.ObjectSize{}, nil)
		r, err := answer.Struct()
		if err != nil {
			return err
		}
		count := r.Uint32(0)
		release()
		if count == 1 {
			break
		}
	}

	// many at once
	var group sync.WaitGroup
	failures := make(chan error, 1000)
	for n := uint64(0); n < 1000; n++ {
		group.Add(1)
		go func() {
			defer group.Done()
			if got, err := ping(ctx, root, n); err != nil || got != n+1 {
				failures <- fmt.Errorf("ping %d gave %d, %v", n, got, err)
			}
		}()
	}
	group.Wait()
	close(failures)
	return <-failures
}

func main() {
	var err error
	if os.Args[1] == "serve" {
		err = serve(os.Args[2])
	} else {
		err = call(os.Args[2])
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ok")
}
