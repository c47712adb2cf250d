"""Components on fibers: their values, resources, host functions, and how their imports are met."""
