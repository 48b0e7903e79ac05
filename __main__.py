"""`roadpress` and `python -m roadpress`, as processes of their own."""

import gc

gc.set_threshold(1_000_000)  # it is over before it has garbage, and looking for some is a twentieth of its start

from roadpress.cli import run  # noqa: E402 - the line above is for what this imports

if __name__ == "__main__":
    run()
