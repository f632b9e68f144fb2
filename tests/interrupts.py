"""-> Ctrl-C for the whole session of who imports this: what a terminal sends."""

import os
import signal
import time

os.killpg(os.getsid(0), signal.SIGINT)
time.sleep(1)
