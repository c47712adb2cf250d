"""Python programs: how they are bundled, and the component that they run in."""
