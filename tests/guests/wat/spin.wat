;; Computes for ever; imports nothing.
(module (func (export "_start") (loop $for_ever (br $for_ever))))
