"""What marks mean: by the legend and the words of their report, else by common usage."""
