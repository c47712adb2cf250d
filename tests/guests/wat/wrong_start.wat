;; Its `_start` takes a number, which nobody gives.
(module (func (export "_start") (param i32)))
