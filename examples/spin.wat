;; A guest that never ends by itself and asks for nothing: it is there to be paused and killed.
(module
  (func (export "_start")
    (loop $again (br $again))))
