"""One negotiation in words, for somebody who reads a newspaper and has seen no code.

The drivers record what happened as events; here every event becomes a sentence with a date,
the names of the issues, their levels in their units, and what each side had at stake.
"""

from negotiation.transcript.telling import entries as entries
from negotiation.transcript.telling import tell as tell
