;; Imports nothing, does nothing, ends.
(module (func (export "_start")))
