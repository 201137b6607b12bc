"""The lab: one page in a browser to watch negotiations, move the levers and teach from.

Every tab is two files: what it computes and shows, as numbers and HTML, is plain Python that is
tested without a browser (``odds_view``, ``watching``, ``two_by_two``, ``replaying``); what reacts
to a click is a component of Solara (``odds_tab`` and so on). The state of the page is one value
(:class:`negotiation.lab.link.State`), which the address of the page holds too. Solara is imported
by ``serving`` and the tabs alone, when the lab is opened.

Taking a side: ``playing`` is a seat and what it may see, ``play_view`` its HTML, ``play_words`` its
sentences, ``play_link`` its part of the address, ``tables`` the games of two that the lab keeps;
``play_tab``, ``sitting``, ``offering``, ``table_tab`` and ``quiz_tab`` are components.
"""
