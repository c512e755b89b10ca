"""``python -m pressmark``, and the command ``pressmark``. An interrupt ends it quietly, even while it still imports."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    try:
        from pressmark.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
