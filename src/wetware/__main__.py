"""`python -m wetware`: the same as `ww`."""

from wetware.cli.main import main

if __name__ == "__main__":
    main()
