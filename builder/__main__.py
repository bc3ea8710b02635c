"""`python -m builder` is the `proceedings` command."""

from builder.cli import main

if __name__ == "__main__":
    main()
