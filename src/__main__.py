"""``python -m styrmatt``."""

from styrmatt.cli import main

if __name__ == "__main__":
    main()
