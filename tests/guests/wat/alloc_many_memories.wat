;; Grows two memories and a table in turn until each refuses, then traps.
(module
  (table $t 1 funcref)
  (memory $a (export "memory") 1)
  (memory $b 1)
  (func (export "_start")
    (loop $again (br_if $again (i32.or (i32.or
      (i32.ne (memory.grow $a (i32.const 1)) (i32.const -1))
      (i32.ne (memory.grow $b (i32.const 1)) (i32.const -1)))
      (i32.ne (table.grow $t (ref.null func) (i32.const 1024)) (i32.const -1)))))
    unreachable))
