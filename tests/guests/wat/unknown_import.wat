;; Asks for a function that no host offers.
(module
  (import "env" "launch_missiles" (func (param i32) (result i32)))
  (func (export "_start")))
