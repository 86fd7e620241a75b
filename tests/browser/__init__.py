"""The pages as people meet them: in Chromium, with and without scripts, on a desk and on a phone."""
