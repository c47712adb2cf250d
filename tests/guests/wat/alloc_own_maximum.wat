;; Reaches the maximum that it declared itself (4 pages), then traps: no limit of ours refused anything.
(module
  (memory (export "memory") 1 4)
  (func (export "_start")
    (loop $again (br_if $again (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    unreachable))
