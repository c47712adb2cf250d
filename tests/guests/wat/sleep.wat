;; Sleeps 100 milliseconds through poll_oneoff with one relative monotonic clock; exits 0, or 1 where the call failed.
(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    ;; subscription: userdata @0, tag @8 (0 = clock), clock id @16 (1 = monotonic), timeout @24, precision @32, flags @40
    (i64.store (i32.const 0) (i64.const 42))
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 100000000))
    (if (call $poll_oneoff (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128))
      (then (call $proc_exit (i32.const 1))))
    (if (i64.ne (i64.load (i32.const 64)) (i64.const 42)) (then (call $proc_exit (i32.const 1))))))
