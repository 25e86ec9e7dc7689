"""python -m newsgen"""

from newsgen.cli import main

if __name__ == "__main__":
    main(prog_name="newsgen")
