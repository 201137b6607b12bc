"""What things are called, and how numbers are written, wherever people read them.

``outcomes`` holds endings and events, ``scene`` sides, types and dates, ``numbers`` probabilities,
differences and money, ``packages`` what is conceded. Whatever prints takes its words from here.
"""
