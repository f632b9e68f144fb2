"""Ends the process while it is loaded."""

import os

parameter_count = 608
os._exit(0)
