"""A sweep for readers: the page, its pictures, its tables, and findings in Markdown."""
