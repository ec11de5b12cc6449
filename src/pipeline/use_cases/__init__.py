"""What the commands other than `run` do, one module each; printing is in styrmatt.console."""
