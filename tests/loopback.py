"""A server on this machine that serves one file and misbehaves on command; it counts what it sends."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Loopback:
    """Serves ``content`` at every path; each fault in ``faults`` is used up by one request, then all is well again.

    Faults: an HTTP status code; ("cut", n): close after n bytes; ("hang", n): fall silent after n bytes;
    ("say", headers, body): answer 200 with these; ("redirect", address); "no range": send the whole, whatever was
    asked; "wrong range": send another part than was asked; "no length": do not tell the length.
    """

    def __init__(self, content: bytes):
        self.content = content
        self.faults = []
        self.requests = []  # headers of each request
        self.sent = 0  # bytes of all bodies
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    def address(self, path: str = "file") -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{path}"

    @contextlib.contextmanager
    def running(self):
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def _handler(loopback):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            loopback.requests.append(self.headers)
            fault = loopback.faults.pop(0) if loopback.faults else None
            match fault:
                case int():
                    self.send_error(fault)
                case ("redirect", address):
                    self._start(302, Location=address)
                case ("say", headers, body):
                    self._start(200, **headers)
                    self._send(body)
                case _:
                    self._serve(fault)

        def _serve(self, fault):
            content, asked = loopback.content, self.headers.get("Range")
            start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and fault != "no range" else 0
            if asked and start >= len(content):
                self.send_error(416)
                return
            first = start + 1 if fault == "wrong range" else start
            headers = {} if fault == "no length" else {"Content-Length": str(len(content) - first)}
            if start:
                headers["Content-Range"] = f"bytes {first}-{len(content) - 1}/{len(content)}"
            self._start(206 if start else 200, **headers)
            rest = content[first:]
            if isinstance(fault, tuple):
                self._send(rest[: fault[1]])
                if fault[0] == "hang":
                    loopback.released.wait()
            else:
                self._send(rest)

        def _start(self, status, **headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

        def _send(self, body):
            with contextlib.suppress(ConnectionError):  # the client may have had enough
                loopback.sent += len(body)
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
