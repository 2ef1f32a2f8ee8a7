"""python -m sedp_helpers"""

from sedp_helpers.cli import main

main(prog_name="sedp")
