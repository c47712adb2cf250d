"""Schemas as data: the model of a compiled schema, its decoder, and readers for schemas met at run time."""
