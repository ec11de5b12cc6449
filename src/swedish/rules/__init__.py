"""The rules for results in words: token patterns, and the sentences in which they are found."""
