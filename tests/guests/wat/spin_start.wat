;; Computes for ever in its start function, while it is being instantiated.
(module (func $init (loop $for_ever (br $for_ever))) (start $init) (func (export "_start")))
