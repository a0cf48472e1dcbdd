"""What a long command is doing, on one line that moves; on plain lines where the output is no terminal."""

import shutil
import sys
import threading
import time


class Progress:
    """Show `stage`, `done` of `total` and `detail`, with the seconds, while the `with` block runs.

    The block sets the attributes; a thread draws. `done` is a number, or a function that counts where nobody tells.
    A terminal gets one moving line, anything else a line for each new stage and one every `PLAIN_SECONDS`.
    """

    PLAIN_SECONDS = 10

    def __init__(self, unit, stream=None):
        self.unit, self.stream = unit, stream or sys.stdout
        self.stage, self.detail, self.done, self.total = "", "", 0, 0
        self._started = time.monotonic()
        self._finished = threading.Event()
        self._moving = self.stream.isatty()

    def __enter__(self):
        self._thread = threading.Thread(target=self._draw_until_finished, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._finished.set()
        self._thread.join()
        if self._moving:
            self._write_over("")

    @property
    def seconds(self):
        """Seconds since the start."""
        return time.monotonic() - self._started

    def line(self):
        """The state as text, such as `  12 s  fetching 45 of 121 packages: numpy`."""
        done = self._count()
        count = f" {done} of {self.total} {self.unit}" if done else ""
        detail = f": {self.detail}" if self.detail else ""
        return f"{self.seconds:5.0f} s  {self.stage}{count}{detail}"

    def _count(self):
        return min(self.done() if callable(self.done) else self.done, self.total)

    def _draw_until_finished(self):
        drawn_stage, drawn_at = "", 0.0
        while not self._finished.wait(0.2):
            if self._moving:
                self._write_over(self._bar() + self.line())
            elif self.stage != drawn_stage or self.seconds - drawn_at >= self.PLAIN_SECONDS:
                drawn_stage, drawn_at = self.stage, self.seconds
                print(self.line(), file=self.stream, flush=True)

    def _bar(self, width=20):
        filled = width * self._count() // max(self.total, 1)
        return f"[{'#' * filled}{'.' * (width - filled)}]"

    def _write_over(self, text):
        columns = shutil.get_terminal_size().columns - 1
        self.stream.write("\r" + text[:columns].ljust(columns) + ("\r" if not text else ""))
        self.stream.flush()
