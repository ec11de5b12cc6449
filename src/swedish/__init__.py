"""Understands Swedish: numbers, words, sentences, hyphens, and the spans that tell of results."""
