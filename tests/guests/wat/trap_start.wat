;; Traps in its start function, while it is being instantiated.
(module (func $init unreachable) (start $init) (func (export "_start")))
