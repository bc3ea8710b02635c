"""Rules that one venue alone has; they run only when asked for (`check --for`)."""
