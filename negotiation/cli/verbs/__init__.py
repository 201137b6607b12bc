"""The verbs of the command, one file each: ``PLACE`` in the list and ``add_to(app)``."""
