"""``regenerate.py`` is a script that writes the documents; it holds no tests."""

collect_ignore = ["regenerate.py"]
