"""The warm process: it has imported the libraries, and forks a process for each submission, which enters its sandbox.

All of it is trusted code. A fork joins the namespaces that bubblewrap has made, gives up every right it has, and only
then waits for a student's first line. The warm process itself holds no check, no answer and no mark.
"""

import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import sys
import tempfile

from course.grading.channel import Channel
from course.grading.inside import Runner, TimeUp

HOME = "/home/student"  # in the sandbox
NAMESPACES = {  # of a sandbox, and the flag by which the kernel knows each
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
    "ipc": 0x08000000,
    "mnt": 0x00020000,
    "uts": 0x04000000,
}
NOBODY = 65534
LARGEST = 2**16  # bytes of an order
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 22, 24, 38
SECCOMP_MODE_FILTER = 2
CAPABILITIES = 64  # there are 41, and the kernel refuses the rest
CAPABILITY_VERSION = 0x20080522


def main(control: int) -> None:
    """Import what the first order names, then fork for each further one, until the other side hangs up.

    Args:
        control: descriptor of the socket on which orders come: JSON, and with it the socket of the new process and
            a descriptor of the first process of its sandbox.
    """
    orders = socket.socket(fileno=control)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    _import(json.loads(orders.recv(LARGEST))["modules"])
    orders.send(b"{}")
    while True:
        order, descriptors, _, _ = socket.recv_fds(orders, LARGEST, 2)
        if not order:
            return
        if os.fork() == 0:
            _enter(orders, json.loads(order), *descriptors)
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)


def _import(modules: list[str]) -> None:
    """Import what an exercise uses; of Keras the libraries, but no operation, whose threads no fork would have."""
    with tempfile.TemporaryDirectory() as home:  # some libraries write there when they are imported
        os.environ["HOME"] = home
        sys.modules["course.backend"] = None
        for module in modules:
            try:
                importlib.import_module(module)
            except ImportError as fault:  # the student's code will say so, or import the back end itself
                if fault.name == "course.backend":
                    importlib.import_module("keras")
        del sys.modules["course.backend"]
        os.environ["HOME"] = HOME
    gc.collect()
    gc.freeze()  # or the forks would copy every page that the collector looks at


def _enter(orders: socket.socket, order: dict, channel: int, sandbox: int | None = None) -> None:
    """In a fork: join the sandbox and fork once more, since only then a process is in its process namespace."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        if sandbox is not None:
            _must(_libc().setns(sandbox, sum(NAMESPACES.values())), "join the namespaces")
        process = os.fork()
    except OSError as fault:
        orders.send(json.dumps({"fault": str(fault)}).encode())
        return
    if process == 0:
        os.closerange(3, channel)
        os.closerange(channel + 1, LARGEST)
        orders.detach()
        _serve(Channel(socket.socket(fileno=channel)), order, walled=sandbox is not None)
        os._exit(0)
    orders.send(json.dumps({"pid": process}).encode())
    os.closerange(3, LARGEST)
    os.waitpid(process, 0)


def _serve(channel: Channel, order: dict, walled: bool) -> None:
    """Give up all rights, report readiness, answer."""
    import resource  # which Windows lacks, where the sentence that says what to do needs this module's names

    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(null, descriptor)
        os.close(null)
        for name, number in order["limits"].items():
            resource.setrlimit(getattr(resource, name), (number, number))
        signal.signal(signal.SIGALRM, _time_is_up)
        os.chdir(HOME if walled else tempfile.gettempdir())
        if walled:
            _give_up_rights(bytes.fromhex(order["filter"]))
    except (OSError, ValueError) as fault:
        channel.send({"fault": str(fault)})
        return
    channel.send({"ready": os.getpid()})
    Runner(channel, order["seconds"]).serve()


def _time_is_up(*_):
    raise TimeUp


def _give_up_rights(program: bytes) -> None:
    """From root to nobody; no capability, none ever again, and a filter of system calls."""
    libc = _libc()
    for capability in range(CAPABILITIES):
        libc.prctl(PR_CAPBSET_DROP, *_longs(capability, 0, 0, 0))
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    header, none = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)()
    _must(libc.capset(header, none), "drop all capabilities")
    _must(libc.prctl(PR_SET_NO_NEW_PRIVS, *_longs(1, 0, 0, 0)), "give up new privileges")
    _must(libc.prctl(PR_SET_DUMPABLE, *_longs(1, 0, 0, 0)), "own its files in /proc")
    buffer = ctypes.create_string_buffer(program, len(program))
    filter_of_calls = _Filter(len(program) // 8, ctypes.addressof(buffer))
    address = ctypes.addressof(filter_of_calls)
    _must(libc.prctl(PR_SET_SECCOMP, *_longs(SECCOMP_MODE_FILTER, address, 0, 0)), "filter system calls")


class _Filter(ctypes.Structure):
    """As the kernel's struct sock_fprog: eight bytes for each instruction."""

    _fields_ = [("instructions", ctypes.c_ushort), ("address", ctypes.c_void_p)]


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _longs(*numbers: int) -> list[ctypes.c_ulong]:
    return [ctypes.c_ulong(number) for number in numbers]


def _must(result: int, what: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), f"cannot {what}: {os.strerror(ctypes.get_errno())}")
