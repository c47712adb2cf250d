"""wetware: WebAssembly programs as isolated processes that hold exactly the capabilities they were handed."""

__version__ = "0.1.0"
