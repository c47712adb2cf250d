;; Calls itself without end.
(module (func $deeper (export "_start") (call $deeper)))
