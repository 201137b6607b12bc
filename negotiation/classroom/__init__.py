"""What readers, classes and the public get to see: reports, pages, play."""
