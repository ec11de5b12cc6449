"""The commands, one module each: options in, exit code out. styrmatt.cli groups them."""
