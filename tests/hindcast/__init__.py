"""Past decisions forecast, scored and learned from."""
