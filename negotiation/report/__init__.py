"""A sweep told to readers: the page, its pictures, its tables, and findings in Markdown."""
