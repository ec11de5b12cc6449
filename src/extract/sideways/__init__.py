"""Text that is set sideways on a page: turned upright to be read, and its boxes turned back."""
