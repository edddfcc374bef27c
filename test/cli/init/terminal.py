"""Runs a command at a terminal of 80 columns and answers what it asks.

Standard input: {"command": […], "steps": [[text to wait for, keys to send], …]}. Standard output: {"status": …, "screen": …}.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

PATIENCE_SECONDS = 40

task = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    os.execvp(task["command"][0], task["command"])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 80, 0, 0))

screen = b""


def read_on(seconds):
    """Reads what is written; answers whether the command still runs."""
    global screen
    ready, _, _ = select.select([terminal], [], [], seconds)
    if not ready:
        return True
    try:
        more = os.read(terminal, 65536)
    except OSError:
        return False
    screen += more
    return more != b""


def give_up(why):
    os.kill(child, 9)
    sys.exit(f"{why}; on the screen:\n{screen.decode(errors='replace')}")


seen = 0
for text, keys in task["steps"]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := screen.find(text.encode(), seen)) < 0:
        if not read_on(1):
            give_up(f"it ended before it asked for {text!r}")
        if time.monotonic() > deadline:
            give_up(f"it never asked for {text!r}")
    seen = found + len(text)
    # A question is drawn before it listens.
    until = time.monotonic() + 0.3
    while time.monotonic() < until:
        read_on(0.1)
    os.write(terminal, keys.encode())

deadline = time.monotonic() + PATIENCE_SECONDS
while read_on(1):
    if time.monotonic() > deadline:
        give_up("it does not end")
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
json.dump({"status": status, "screen": screen.decode(errors="replace")}, sys.stdout)
