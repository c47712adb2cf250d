"""The guest programs, for the tests of this room."""

from guests_fixtures import c_program, go_program, wat_program

__all__ = ["c_program", "go_program", "wat_program"]
