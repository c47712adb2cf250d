package ww

import (
	"context"

	"ww/api"
)

// Events tell a program to pause and to go on. Receive from both in the program's own loop:
//
//	select {
//	case <-events.OnPause():
//		<-events.OnResume()
//	case work := <-queue:
//		…
//	}
//
// The host is answered when the program has received the event. A program without Events is held between two
// instructions instead.
type Events struct {
	session *Session
	pause   chan struct{}
	resume  chan struct{}
}

// Events registers this program's own handler of pause and resume.
func (s *Session) Events(ctx context.Context) (*Events, error) {
	events := &Events{session: s, pause: make(chan struct{}), resume: make(chan struct{})}
	if err := s.handle(ctx, api.Events_ServerToClient(events)); err != nil {
		return nil, err
	}
	return events, nil
}

func (s *Session) handle(ctx context.Context, handler api.Events) error {
	answer, release := s.init.Events(ctx, func(p api.ProcessInit_events_Params) error {
		return p.SetHandler(handler)
	})
	defer release()
	_, err := answer.Struct()
	return err
}

// OnPause receives when the program is to pause.
func (e *Events) OnPause() <-chan struct{} { return e.pause }

// OnResume receives when it is to go on.
func (e *Events) OnResume() <-chan struct{} { return e.resume }

// Close gives the handling back to the host. A program that does so while it is asked to pause is held.
func (e *Events) Close(ctx context.Context) error { return e.session.handle(ctx, api.Events{}) }

// Pause is called by the host.
func (e *Events) Pause(ctx context.Context, call api.Events_pause) error {
	call.Go() // a resume is not to wait behind a pause that nobody has received
	return tell(ctx, e.pause)
}

// Resume is called by the host.
func (e *Events) Resume(ctx context.Context, call api.Events_resume) error {
	call.Go()
	return tell(ctx, e.resume)
}

func tell(ctx context.Context, event chan<- struct{}) error {
	select {
	case event <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
