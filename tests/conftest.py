"""What holds for every test."""

from __future__ import annotations

import signal

# A job in the background of a shell is started with Ctrl-C ignored, and so would be every process that a test
# starts to send it one.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
