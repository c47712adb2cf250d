;; Declares one gibibyte at once: more than a small limit allows before a single instruction runs.
(module (memory (export "memory") 16384) (func (export "_start")))
